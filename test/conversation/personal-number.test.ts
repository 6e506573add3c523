import { expect } from 'chai';
import { MASK, maskPersonalNumbers } from '../../src/conversation/personal-number.ts';

describe('personal identity numbers', () => {
  for (const text of [
    '850709-9805',
    '19850709-9805',
    '198507099805',
    '8507099805',
    '19850709 9805',
    '850709+9805',
    '850769-9803',
    '850709-1234',
  ])
    it(`such as ${text} are masked`, () =>
      expect(maskPersonalNumbers(`jag har ${text}, tack`)).to.deep.equal({
        text: `jag har ${MASK}, tack`,
        masked: true,
      }));

  for (const text of [
    '070-123 45 67',
    '0701234567',
    '+46701234567',
    '2018-08-24',
    '556016-0680',
    'SA-7K3M-9QXP',
    '12345',
    '08-123 456',
  ])
    it(`are not seen in ${text}`, () =>
      expect(maskPersonalNumbers(text)).to.deep.equal({ text, masked: false }));
});
