import { expect } from 'chai';
import fc from 'fast-check';
import { beginRequest, fillSlots, missingSlots } from '../../src/conversation/form.ts';
import { readSlots } from '../../src/conversation/read-slots.ts';
import { languageOf } from '../../src/text/language.ts';
import { assistant, says, someHost } from './some-assistant.ts';

const { content, understanding } = assistant;
const read = (text: string, asksFor: string | null = 'name', isBare = false) =>
  readSlots(text, content, {
    asksFor,
    isBare,
    relationOf: (rest) => understanding.relation(rest, languageOf(text) ?? 'sv', false),
  }).slots;

describe('slots', () => {
  const cases: [string, Record<string, string>][] = [
    ['Anna Berg, anna.berg@example.se', { name: 'Anna Berg', email: 'anna.berg@example.se' }],
    ['ANNA@EXAMPLE.SE.', { email: 'anna@example.se' }],
    ['inte a@example.se utan b@example.se', { email: 'b@example.se' }],
    ['ring 070-174 06 35', { phone: '+46701740635' }],
    ['jag heter Åsa Öberg-Lind och bor i Schweiz', { name: 'Åsa Öberg-Lind', country: 'CH' }],
    ['my name is Sam Hill, I live in the Netherlands', { name: 'Sam Hill', country: 'NL' }],
    ['Storgatan 1, 123 45 Lund, Sverige', { country: 'SE' }],
    ['jag sökte jobb via aston carter', { brand: 'Aston Carter', relation: 'candidate' }],
    ['I was a contractor at TEKsystems', { brand: 'TEKsystems', relation: 'consultant' }],
    ['skicka inte till USA', {}],
    ['Hej! Tack för svaret.', {}],
    ['Jag jobbade hos er', { relation: 'employee' }],
    ['jag heter anna berg och bor i norge', { name: 'anna berg', country: 'NO' }],
    ['Radera min ansökan. /Anna Berg', { name: 'Anna Berg', relation: 'candidate' }],
    ['jag var referens åt en kollega', { relation: 'reference' }],
  ];
  for (const [text, slots] of cases) it(`of «${text}»`, () => expect(read(text)).to.deep.equal(slots));

  it('take a bare answer for what was asked', () => {
    expect(read('anna berg', 'name', true)).to.deep.equal({ name: 'anna berg' });
    expect(read('SE', 'country', true)).to.deep.equal({ country: 'SE' });
  });

  it('refuse half an address', () => {
    for (const text of ['anna@example', 'anna@', '@example.se', 'anna@exa mple.se'])
      expect(readSlots(text, content, { asksFor: 'email', isBare: true }).refused, text).to.deep.equal([
        'email',
      ]);
  });

  const first = fc.constantFrom('Anna', 'Björn', 'Zsófia', 'Ali', 'Maria', 'Åke');
  const last = fc.constantFrom('Berg', 'Öberg', 'Hassan', 'Lindqvist', 'Sjögren', 'Nyström');
  const user = fc.stringMatching(/^[a-z]{1,10}(\.[a-z]{1,10})?$/);
  const country = fc.constantFrom(
    ['Sverige', 'SE'],
    ['Norge', 'NO'],
    ['Tyskland', 'DE'],
    ['Irland', 'IE'],
    ['Polen', 'PL'],
  );

  it('are read the same in any order', () => {
    fc.assert(
      fc.property(
        first,
        last,
        user,
        country,
        fc.boolean(),
        (given, family, name, [land = '', code = ''], turned) => {
          const parts = [`${given} ${family}`, `${name}@example.se`, land];
          const slots = read((turned ? parts.reverse() : parts).join(', '));
          expect(slots).to.deep.include({
            name: `${given} ${family}`,
            email: `${name}@example.se`,
            country: code,
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('once filled leave nothing to ask for, and the last value wins', () => {
    const type = content.requests.get('access');
    if (!type) throw new Error('no type access');
    fc.assert(
      fc.property(fc.array(user, { minLength: 1, maxLength: 4 }), (users) => {
        let request = fillSlots(beginRequest('k', type, '', {}, content), type, { name: 'Anna Berg' });
        for (const each of users) request = fillSlots(request, type, read(`${each}@example.se`));
        expect(missingSlots(request, type)).to.deep.equal([]);
        expect(request.slots.email).to.equal(`${users.at(-1)}@example.se`);
      }),
      { numRuns: 100 },
    );
  });

  it('whatever is typed, a form never throws and never files unasked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ maxLength: 60, unit: 'grapheme' }), { minLength: 1, maxLength: 4 }),
        async (texts) => {
          const outcomes = await says(someHost(), 'registrerutdrag', ...texts);
          for (const outcome of outcomes)
            if (outcome.ticket) expect(outcome.ticket.slots.email).to.match(/@/);
        },
      ),
      { numRuns: 60 },
    );
  });
});
