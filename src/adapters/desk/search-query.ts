import type { Content } from '../../content/content.ts';
import { readField } from '../../conversation/read-field.ts';
import { ticketNumbersIn } from '../../tickets/ticket-number.ts';
import type { TicketFilter } from '../../tickets/ticket-store.ts';

/** What a search looks for: one ticket by its whole number, or those of a person or with a part of a number. */
export type Sought = { number: string } | Pick<TicketFilter, 'email' | 'phone' | 'numberPart'>;

/** So many letters and digits of a number, or more, are looked for. */
const PART = /^[0-9A-Z]{3,4}$|^[0-9A-Z]{1,4}-[0-9A-Z]{1,4}$/;

/** What was searched for; null where it is nothing that can be found: names lie sealed. */
export function soughtIn(find: string, content: Content): Sought | null {
  const [number] = ticketNumbersIn(find);
  if (number !== undefined) return { number };
  const email = readField('email', find, content);
  if (email !== null) return { email };
  const phone = readField('phone', find, content);
  if (phone !== null) return { phone };
  // Numbers have no O, I and L: whoever types one means what looks like it.
  const part = find
    .trim()
    .toUpperCase()
    .replace(/^SA[-\s]?/, '')
    .replace(/^([0-9A-Z]{4})\s?([0-9A-Z]{1,4})$/, '$1-$2')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return PART.test(part) ? { numberPart: part } : null;
}
