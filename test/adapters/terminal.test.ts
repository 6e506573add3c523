import { createInterface } from 'node:readline';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { answerJsonl } from '../../src/adapters/terminal/answer-jsonl.ts';
import { chat } from '../../src/adapters/terminal/chat.ts';
import { terminalText } from '../../src/adapters/terminal/terminal-text.ts';
import { someHost } from '../conversation/some-assistant.ts';

async function answerLines(lines: readonly (object | string)[]) {
  const output = new PassThrough();
  const input = Readable.from(
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`),
  );
  const all = text(output);
  await answerJsonl(input, output, someHost());
  output.end();
  return (await all)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('ask --jsonl', () => {
  it('answers every row in its order, with everything the protocol names', async () => {
    const [first, second] = await answerLines([
      { id: 'a', text: 'säljer ni mina uppgifter?' },
      { id: 7, text: 'hej' },
    ]);
    expect(first).to.have.all.keys(
      'id',
      'kind',
      'intent',
      'confidence',
      'replies',
      'quotes',
      'request',
      'ticket',
    );
    expect(first).to.deep.include({ id: 'a', kind: 'question', intent: null, request: null, ticket: null });
    expect(first.quotes[0]).to.include({
      section: 'sharing_third_parties',
      passage: 'sharing_third_parties-10',
    });
    expect(first.confidence).to.be.within(0, 1);
    expect(second).to.deep.include({ id: 7, kind: 'meta', intent: 'greeting' });
  });

  it('keeps conversations apart and counts from the row’s own clock', async () => {
    const now = '2026-01-31T09:00:00Z';
    const rows = await answerLines([
      { id: 1, conversation: 'x', text: 'avregistrera mig från reklam, anna@example.se', now },
      { id: 2, conversation: 'y', text: 'ja', now },
      { id: 3, conversation: 'x', text: 'ja', now },
    ]);
    expect(rows[0].request).to.deep.include({ type: 'marketing_opt_out', stage: 'summary', asks_for: null });
    expect(rows[1].ticket).to.equal(null);
    expect(rows[2].ticket).to.deep.include({ type: 'marketing_opt_out', due: '2026-03-02' });
    expect(rows[2].ticket.number).to.match(/^SA-/);
  });

  it('stays in step over a line that is no row', async () => {
    const rows = await answerLines(['not json', { id: 1 }, { id: 2, text: 'hej' }]);
    expect(rows[0].error).to.include('line 1');
    expect(rows[1].error).to.include('line 2');
    expect(rows[2].id).to.equal(2);
  });
});

describe('ask in the terminal', () => {
  it('answers one question and ends', async () => {
    const output = new PassThrough();
    const all = text(output);
    await chat(
      createInterface({ input: Readable.from([]) }),
      'hur länge sparar ni mitt cv',
      output,
      someHost(),
    );
    output.end();
    expect(await all)
      .to.include('Vi lagrar insamlade personuppgifter')
      .and.to.include('#retention-1');
  });

  it('shows a list of values as a table and folds long lines', () => {
    expect(terminalText('- **namn**: Anna\n- **e-postadress**: a@example.se')).to.equal(
      '  namn          Anna\n  e-postadress  a@example.se',
    );
    for (const line of terminalText(`> ${'ord '.repeat(80)}`).split('\n'))
      expect(line).to.match(/^> .{1,98}$/);
  });
});
