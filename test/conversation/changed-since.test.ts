import { expect } from 'chai';
import { converse } from '../../src/conversation/converse.ts';
import { noPages, renderReply } from '../../src/conversation/render.ts';
import { assistant, heard, someHost, textOf } from './some-assistant.ts';

// The same assistant with the next version of the notice.
function withNotice(change: (passages: Map<string, { text: string }>) => void) {
  const passages = new Map([...assistant.content.passages].map(([id, passage]) => [id, { ...passage }]));
  change(passages);
  const notice = { ...assistant.content.notice, id: 'next' };
  return { ...assistant, content: { ...assistant.content, passages, notice } };
}

describe('an answer that has changed since', () => {
  const ask = async (host: ReturnType<typeof someHost>, text: string, id: string) =>
    textOf(await converse(heard(text, id), host));

  it('is told once, in the words of the notice in force', async () => {
    const host = someHost();
    await ask(host, 'hur länge sparas mitt cv?', 'a');
    const next = withNotice((passages) => {
      const passage = passages.get('retention-1');
      if (passage) passage.text = 'Vi lagrar personuppgifter i två år.';
    });
    const outcome = await converse(heard('hej', 'b'), { ...host, assistant: next });
    expect(outcome.replies.map((reply) => ('id' in reply ? reply.id : reply.is))).to.include.members([
      'notice.changed_since',
      'quote',
    ]);
    const [quote] = outcome.replies.filter((reply) => reply.is === 'quote');
    expect(quote && renderReply(quote, next.content, 'sv', noPages)).to.include('i två år');
    const again = await converse(heard('tack', 'c'), { ...host, assistant: next });
    expect(again.replies.map((reply) => ('id' in reply ? reply.id : reply.is))).to.not.include(
      'notice.changed_since',
    );
  });

  it('is told where the passage is gone, and not where another one has changed', async () => {
    const host = someHost();
    await ask(host, 'hur länge sparas mitt cv?', 'a');
    const other = withNotice((passages) => {
      const passage = passages.get('contact-1');
      if (passage) passage.text = 'En annan adress.';
    });
    expect(
      (await converse(heard('hej', 'b'), { ...host, assistant: other })).replies.map((reply) => reply.is),
    ).to.not.include('quote');
    const without = withNotice((passages) => passages.delete('retention-1'));
    without.content.notice.id = 'the one after';
    const outcome = await converse(heard('hej igen', 'c'), { ...host, assistant: without });
    expect(outcome.replies.map((reply) => ('id' in reply ? reply.id : reply.is))).to.include(
      'notice.gone_since',
    );
  });
});
