import { expect } from 'chai';
import { beginsWithPhrase, findSpans, holdsPhrase, isPhrase } from '../../src/text/phrases.ts';

describe('phrases', () => {
  const cases: [string, string, boolean][] = [
    ['vi säljer kaffe till er', 'säljer … till er', true],
    ['vi säljer till er', 'säljer … till er', true],
    ['vi säljer kaffe och te varje dag till er', 'säljer … till er', false],
    ['sommarvikarier från er', '*vikarier från er', true],
    ['vikarierna från er', '*vikarier från er', false],
    ['mejlen', 'mejl*', true],
    ['min e-postadress', 'e-post*', true],
    ['en elefant', 'e-post*', false],
    ['fel hos er', 'ex-employee', false],
  ];
  for (const [text, phrase, held] of cases)
    it(`«${text}» ${held ? 'holds' : 'does not hold'} «${phrase}»`, () =>
      expect(holdsPhrase(text, [phrase])).to.equal(held));

  it('are found wherever they lie', () =>
    expect(findSpans(['jag', 'bor', 'nu', 'i', 'b', 'bor', 'i'], ['bor … i'])).to.deep.equal([
      { from: 1, to: 4 },
      { from: 5, to: 7 },
    ]));

  it('are found in order, the longer first where two begin together', () =>
    expect(findSpans(['jag', 'bor', 'i'], ['bor', 'i', 'bor i', 'jag*'])).to.deep.equal([
      { from: 0, to: 1 },
      { from: 1, to: 3 },
      { from: 1, to: 2 },
      { from: 2, to: 3 },
    ]));

  it('are told by how a text begins', () => {
    expect(beginsWithPhrase(['och', 'i', 'usa'], ['och i', 'hur'])).to.equal(true);
    expect(beginsWithPhrase(['nu', 'och', 'i'], ['och i'])).to.equal(false);
  });

  it('are a whole text only where nothing is left over', () => {
    expect(isPhrase('hoppa över', ['hoppa över'])).to.equal(true);
    expect(isPhrase('hoppa över det', ['hoppa över'])).to.equal(false);
  });
});
