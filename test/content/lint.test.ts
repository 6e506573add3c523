import { expect } from 'chai';
import { readContent } from '../../src/content/content.ts';
import { type Example, readExamples } from '../../src/content/examples.ts';
import { lintContent } from '../../src/content/lint.ts';
import { ROOT } from '../../src/paths.ts';

const content = readContent(ROOT);
const examples = readExamples(ROOT);
const messages = (changed: Partial<typeof content>, rows: readonly Example[] = examples) =>
  lintContent({ ...content, ...changed }, rows, ROOT).map((fault) => fault.message);

describe('the content lint', () => {
  it('finds nothing in the content as it is', () => expect(messages({})).to.deep.equal([]));

  it('holds the examples to their numbers', () => {
    const count = (label: string, locale: string) =>
      examples.filter((example) => example.label === label && example.locale === locale).length;
    for (const id of content.passages.keys()) {
      expect(count(id, 'sv'), `${id} sv`).to.be.at.least(10);
      expect(count(id, 'en'), `${id} en`).to.be.at.least(4);
    }
    for (const { id, kind } of content.intents.values()) {
      const [sv, en] = kind === 'unanswerable' || kind === 'out_of_scope' ? [100, 40] : [25, 10];
      expect(count(id, 'sv'), `${id} sv`).to.be.at.least(sv);
      expect(count(id, 'en'), `${id} en`).to.be.at.least(en);
    }
  });

  it('finds an example under two labels', () => {
    const [first] = examples;
    if (!first) throw new Error('there are no examples');
    const stolen: Example = { ...first, text: `${first.text.toUpperCase()}!`, label: 'thanks', line: 999 };
    expect(messages({}, [...examples, stolen]).join()).to.include(`stands under [${first.label}] too`);
  });

  it('finds an unknown label', () => {
    const [first] = examples;
    if (!first) throw new Error('there are no examples');
    expect(
      messages({}, [...examples, { ...first, text: 'något nytt', label: 'retention-99' }]).join(),
    ).to.include('[retention-99] is neither');
  });

  it('finds a reply that one language lacks', () => {
    const { greeting: _, ...english } = content.replies.en;
    expect(messages({ replies: { ...content.replies, en: english } })).to.deep.equal(['greeting is missing']);
  });

  it('finds other placeholders in the other language', () => {
    const en = { ...content.replies.en, 'status.unknown': 'There is no such request.' };
    expect(messages({ replies: { ...content.replies, en } }).join()).to.include(
      'status.unknown has other placeholders',
    );
  });

  it('finds a dead reply', () => {
    const replies = {
      sv: { ...content.replies.sv, 'never.said': 'Hej' },
      en: { ...content.replies.en, 'never.said': 'Hi' },
    };
    expect(messages({ replies })).to.deep.equal(['never.said is never said']);
  });

  it('finds an advisory about a passage that does not exist', () => {
    const [first] = content.advisories;
    if (!first) throw new Error('there are no advisories');
    expect(messages({ advisories: [{ ...first, passages: ['rights-70'] }] }).join()).to.include(
      'rights-70, which is no passage',
    );
  });
});
