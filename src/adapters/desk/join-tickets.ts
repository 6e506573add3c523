import type { Content } from '../../content/content.ts';
import { fillText } from '../../conversation/render.ts';
import type { Locale } from '../../text/words.ts';
import type { Actor } from '../../tickets/audit.ts';
import type { Office } from '../../tickets/office.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { EtagMismatch, type StoredTicket, type TicketStore } from '../../tickets/ticket-store.ts';

/** What the person is told when their request is answered in another one; the officer may change it. */
export function joinReason(ticket: Ticket, other: Ticket, content: Content): string {
  const numbers = { number: ticket.number, other: other.number };
  return other.due
    ? fillText('desk.join.reason', { ...numbers, day: { day: other.due } }, content, ticket.locale)
    : fillText('desk.join.reason_undated', numbers, content, ticket.locale);
}

/** What joining is done with; notes are written in `locale`, which is the officer's. */
export interface Joining {
  office: Office;
  tickets: Pick<TicketStore, 'byNumber'>;
  content: Content;
  locale: Locale;
}

/**
 * Ends a ticket whose wish is answered in another one of the same person, and notes so on both. The end comes first:
 * where it is not possible nothing is noted.
 * @throws {TransitionError} where it has ended; {EtagMismatch} where it has changed.
 */
export async function joinTickets(
  found: StoredTicket,
  other: Ticket,
  reason: string,
  by: Actor,
  { office, tickets, content, locale }: Joining,
): Promise<StoredTicket> {
  const ended = await office.move(found, 'completed', by, reason);
  const note = (id: string, ticket: Ticket) => fillText(id, { number: ticket.number }, content, locale);
  const noted = await office.note(ended, note('desk.join.note', other), by);
  await noteOn(other.number, note('desk.join.note_other', found.ticket), by, { office, tickets });
  return noted;
}

/** Notes something on a ticket, whatever has become of it meanwhile; the ticket then, or null where it is gone. */
export async function noteOn(
  number: string,
  text: string,
  by: Actor,
  { office, tickets }: Pick<Joining, 'office' | 'tickets'>,
): Promise<Ticket | null> {
  for (;;) {
    const found = await tickets.byNumber(number);
    if (!found) return null;
    try {
      return (await office.note(found, text, by)).ticket;
    } catch (error) {
      if (!(error instanceof EtagMismatch)) throw error;
    }
  }
}
