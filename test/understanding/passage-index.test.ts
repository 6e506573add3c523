import { expect } from 'chai';
import { indexTexts } from '../../src/understanding/passage-index.ts';

const texts = [
  { id: 'keep', text: 'Personuppgifterna raderas när de inte längre behövs.' },
  { id: 'cookies', text: 'Webbplatsen använder kakor för kundvagnen.' },
  { id: 'share', text: 'Vi delar adressen med transportföretag.' },
];

describe('an index of passages without examples', () => {
  // A compound is found by its part, a word by its stem, and what shares nothing is left out.
  const cases: [string, string[]][] = [
    ['uppgifter', ['keep']],
    ['vilka kakor', ['cookies']],
    ['transportfirma', ['share']],
    ['xyz', []],
    ['', []],
  ];
  for (const [question, expected] of cases)
    it(`ranks for "${question}"`, () => {
      const found = indexTexts(texts).search(question);
      expect(found.slice(0, 1).map((hit) => hit.id)).to.deep.equal(expected);
    });

  it('finds another word for the same by the thesaurus', () => {
    const thesaurus = new Map([
      ['kakor', ['cookies']],
      ['cookies', ['cookies']],
    ]);
    expect(indexTexts(texts).search('cookies')).to.deep.equal([]);
    expect(indexTexts(texts, thesaurus).search('cookies')[0]?.id).to.equal('cookies');
  });

  it('counts a title where there are titles', () => {
    const titled = texts.map((text) => ({ ...text, title: text.id === 'share' ? 'Mottagare' : 'Annat' }));
    expect(indexTexts(titled).search('mottagare')[0]?.id).to.equal('share');
  });
});
