import { expect } from 'chai';
import { readContent } from '../../src/content/content.ts';
import { relations } from '../../src/content/dialogs-schema.ts';
import { type Example, readExamples, readRelationExamples } from '../../src/content/examples.ts';
import { lintContent } from '../../src/content/lint.ts';
import { lintRelations } from '../../src/content/lint-examples.ts';
import { ROOT } from '../../src/paths.ts';

const content = readContent(ROOT);
const examples = readExamples(ROOT);
const messages = (changed: Partial<typeof content>, rows: readonly Example[] = examples) =>
  lintContent({ ...content, ...changed }, rows, ROOT).map((fault) => fault.message);

const told = (text: string, line: number): Example => ({
  text,
  label: 'thanks',
  locale: 'sv',
  pass: 'x',
  file: 'x/y.sv.txt',
  line,
});

describe('the content lint', () => {
  it('finds nothing in the content as it is', () => expect(messages({})).to.deep.equal([]));

  it('holds the examples to their numbers', () => {
    const counts = new Map<string, number>();
    for (const { label, locale } of examples)
      counts.set(`${label} ${locale}`, (counts.get(`${label} ${locale}`) ?? 0) + 1);
    const least: Record<string, [sv: number, en: number]> = {
      question: [80, 30],
      request: [150, 60],
      guidance: [150, 60],
      meta: [60, 25],
      unanswerable: [600, 200],
      out_of_scope: [600, 200],
    };
    for (const label of [...content.passages.keys(), ...content.intents.keys()]) {
      const [sv, en] = least[content.intents.get(label)?.kind ?? 'question'] ?? [0, 0];
      expect(counts.get(`${label} sv`), `${label} sv`).to.be.at.least(sv);
      expect(counts.get(`${label} en`), `${label} en`).to.be.at.least(en);
    }
  });

  it('holds the texts about relations to theirs', () => {
    const rows = readRelationExamples(ROOT);
    expect(lintRelations(rows)).to.deep.equal([]);
    for (const label of [...relations, 'none'])
      for (const [locale, least] of [
        ['sv', 100],
        ['en', 40],
      ] as const)
        expect(
          rows.filter((row) => row.label === label && row.locale === locale).length,
          `${label} ${locale}`,
        ).to.be.at.least(least);
    const [first] = rows;
    if (!first) throw new Error('there are no texts');
    const faults = lintRelations([...rows, { ...first, text: 'min granne', label: 'neighbour' }, first]);
    expect(faults.map((fault) => fault.message).join())
      .to.include('[neighbour] is no relation')
      .and.include('already');
  });

  it('finds the same words in another order, spelt without dots', () => {
    const found = messages({}, [...examples, told('zebran åker öster', 1), told('oster aker ZEBRAN!', 2)]);
    expect(found.join()).to.include('stands already at x/y.sv.txt:1');
  });

  it('finds a word-swapped series', () => {
    const found = messages({}, [
      ...examples,
      told('tusen tack för den fina zebran', 1),
      told('tusen tack för den fina giraffen', 2),
    ]);
    expect(found.join()).to.include('is x/y.sv.txt:1 with one word exchanged');
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
