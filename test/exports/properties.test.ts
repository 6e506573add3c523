import { expect } from 'chai';
import { assert, constantFrom, dictionary, property, record, string } from 'fast-check';
import { CannotCarry, formats } from '../../src/exports/cannot-carry.ts';
import { exportTicket } from '../../src/exports/export-ticket.ts';
import { requestJsonSchema } from '../../src/exports/request-json.ts';
import { statuses } from '../../src/tickets/ticket.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { drp, fidesList, openDsr } from './field-lists.ts';
import { allTypes, content, openMessage, options } from './some-options.ts';

const now = new Date('2026-02-01T12:00:00Z');
const fieldLists = { json: requestJsonSchema, fides: fidesList, opendsr: openDsr, drp };
const anyTicket = record({
  type: constantFrom(...allTypes),
  status: constantFrom(...statuses),
  dueRule: constantFrom('gdpr_month', 'swiss_30_days', 'california_45_days', 'california_opt_out', 'none'),
  // Values of any text; an address, a number and a country are as the readers of slots leave them.
  slots: record(
    {
      rest: dictionary(
        constantFrom(...Object.keys(content.slots).filter((slot) => !/^(email|phone|country)$/.test(slot))),
        string({ unit: 'grapheme', minLength: 1 }),
      ),
      email: constantFrom('anna.berg@example.se', "o'brien+x@example.com"),
      phone: constantFrom('+46701740605', '+14155552671'),
      country: constantFrom('SE', 'US', 'CH'),
    },
    { requiredKeys: ['rest'] },
  ),
}).map(({ slots: { rest, ...fixed }, ...changes }) =>
  someTicket('a', { ...changes, slots: { ...rest, ...fixed } }),
);

describe('whatever a person has filled in', () => {
  for (const format of formats)
    it(`is exported to ${format} in its fields and unchanged, or refused by name`, () => {
      assert(
        property(anyTicket, (ticket) => {
          try {
            const { body } = exportTicket(ticket, format, options, content, now);
            const value: unknown = format === 'drp' ? openMessage(body) : JSON.parse(body);
            fieldLists[format].parse(value);
            if (format === 'json')
              expect((value as { slots: object }).slots).to.deep.equal({ ...ticket.slots });
            if (format === 'fides')
              for (const text of Object.values(ticket.slots))
                expect(body, format).to.include(JSON.stringify(text));
          } catch (error) {
            if (!(error instanceof CannotCarry)) throw error;
            expect(format).to.not.equal('json');
            expect(error).to.include({ format, type: ticket.type });
            for (const text of Object.values(ticket.slots))
              if (text.length > 20) expect(error.message).to.not.include(text);
          }
        }),
        { numRuns: 200 },
      );
    });
});
