import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readSlots } from '../../src/conversation/read-slots.ts';
import { languageOf } from '../../src/text/language.ts';
import { assistant } from './some-assistant.ts';

// Every line of slot-cases.jsonl is a message out of the blue, and the slots that it gives. No reader gets all of them;
// what is asked is how many.
interface Case {
  text: string;
  slots: Record<string, string>;
}

const { content, understanding } = assistant;
const slotsOf = (text: string) =>
  readSlots(text, content, {
    relationOf: (rest) => understanding.relation(rest, languageOf(text) ?? 'sv', false),
  }).slots;

const cases = readFileSync(join(import.meta.dirname, 'slot-cases.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line): Case => JSON.parse(line));

/** The least share of given values read right, and the greatest of cases without the slot that get one. */
const asked: Record<string, { right: number; extra: number }> = {
  name: { right: 0.9, extra: 0.02 },
  relation: { right: 0.8, extra: 0.07 },
  country: { right: 0.9, extra: 0.02 },
  email: { right: 0.98, extra: 0 },
  phone: { right: 0.98, extra: 0 },
  brand: { right: 0.98, extra: 0.02 },
};

describe('slot cases', () => {
  it('are enough to tell', () => expect(cases.length).to.be.at.least(280));
  it('hold each slot often enough to tell', () => {
    for (const slot of Object.keys(asked))
      expect(cases.filter(({ slots }) => slots[slot]).length, slot).to.be.at.least(20);
  });

  for (const [slot, least] of Object.entries(asked)) {
    const read = cases.map(({ text, slots }) => ({
      text,
      want: comparable(slot, slots[slot]),
      got: comparable(slot, slotsOf(text)[slot]),
    }));
    it(`give ${slot} right`, () => {
      const given = read.filter(({ want }) => want !== '');
      const wrong = given.filter(({ want, got }) => want !== got);
      expect(1 - wrong.length / given.length, shown(wrong)).to.be.at.least(least.right);
    });
    it(`give no ${slot} where there is none`, () => {
      const none = read.filter(({ want }) => want === '');
      const extra = none.filter(({ got }) => got !== '');
      expect(extra.length / none.length, shown(extra)).to.be.at.most(least.extra);
    });
  }
});

// A number is the same number with its country's prefix or without.
function comparable(slot: string, value = ''): string {
  return slot === 'phone' ? value.replace(/\D/g, '').replace(/^(?:00)?(?:46)?0?/, '') : value.toLowerCase();
}

function shown(rows: readonly { text: string; want: string; got: string }[]): string {
  return rows.map(({ text, want, got }) => `\n«${text}»: ${want || '–'}, not ${got || '–'}`).join('');
}
