import { expect } from 'chai';
import { sound, wordsBySound } from '../../src/text/sound.ts';

describe('the sound of a word', () => {
  it('is one for the ways in which people spell it', () => {
    for (const one of [
      ['radera', 'raddera', 'radara', 'radéra'],
      ['länge', 'leng', 'lenge'],
      ['samtycke', 'samtyke', 'samtykke'],
      ['delete', 'dellete'],
      ['adress', 'adres', 'address'],
    ])
      expect(new Set(one.map(sound)), one[0]).to.have.lengthOf(1);
  });

  it('keeps apart what sounds otherwise', () => {
    expect(sound('radera')).to.not.equal(sound('rätta'));
    expect(sound('access')).to.not.equal(sound('kassa'));
  });

  it('finds the nearest of the words that sound alike', () => {
    const like = wordsBySound(['radera', 'riddare', 'länge', 'hej']);
    expect(like('radara')).to.deep.equal(['radera']);
    expect(like('raddera')).to.deep.equal(['radera']);
    expect(like('hej')).to.deep.equal([]);
    expect(like('språk')).to.deep.equal([]);
  });
});
