import { expect } from 'chai';
import { spellingOf } from '../../src/text/spelling.ts';

describe('spelling', () => {
  const spelling = spellingOf(['uppgifter', 'sparas', 'radera', 'cv', 'samtycke']);
  const cases: [string, string, string][] = [
    ['upgifter', 'uppgifter', 'a letter too few'],
    ['uppggifter', 'uppgifter', 'a letter too many'],
    ['uppgiftar', 'uppgifter', 'a wrong letter'],
    ['uppgitfer', 'uppgifter', 'two swapped'],
    ['spras', 'sparas', 'a vowel left out'],
    ['sparas', 'sparas', 'a known word'],
    ['dv', 'dv', 'a short word is left alone'],
    ['samtal', 'samtal', 'another word is left alone'],
    ['parast', 'parast', 'two slips are one too many'],
  ];
  for (const [typed, meant, why] of cases)
    it(`${typed} → ${meant}: ${why}`, () => expect(spelling.correct(typed)).to.equal(meant));
});
