import type { Actor } from '../../tickets/audit.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { hashToken } from '../../tickets/ticket-number.ts';
import type { StoredTicket } from '../../tickets/ticket-store.ts';
import type { RequestParts } from './request-parts.ts';

const DAY_MS = 24 * 3600 * 1000;

/** The person of a ticket, as the audit log knows them. */
export function personOf(ticket: Ticket): Actor {
  return { id: ticket.number, role: 'person' };
}

/** Whether a ticket's page is there no longer: it ended more than so many days ago. */
export function isPast(ticket: Ticket, now: Date, closedDays: number): boolean {
  if (allowedNext(ticket.status).length > 0) return false;
  const ended = Date.parse(ticket.history.at(-1)?.at ?? ticket.createdAt);
  return now.getTime() > ended + closedDays * DAY_MS;
}

/** Checks a code; where it is right, the ticket notes that the address is the person's. */
export async function confirmAddress(
  found: StoredTicket,
  code: string,
  now: Date,
  { confirmations, office }: RequestParts,
): Promise<'confirmed' | 'wrong' | 'expired' | 'locked'> {
  const digits = code.replace(/\D/g, '');
  const outcome = digits.length === 6 ? await confirmations.check(found.ticket.id, digits, now) : 'wrong';
  if (outcome === 'confirmed' && found.ticket.identity === 'unconfirmed')
    await office.identify(found, 'email_confirmed', personOf(found.ticket));
  return outcome;
}

/** The token that opens a ticket's page, or null where the ticket was made with another secret. */
export function tokenOf(ticket: Ticket, { mint }: RequestParts): string | null {
  const { token } = mint(ticket.idempotencyKey);
  return hashToken(token) === ticket.tokenHash ? token : null;
}

/** What a person gets of their ticket as a file: theirs, without what officers wrote for one another. */
export function ownData(ticket: Ticket): string {
  const { number, type, status, locale, slots, recipient, channel, receivedAt, createdAt } = ticket;
  const { due, dueRule, identity, said, passages } = ticket;
  const history = ticket.history.map(({ at, from, to, reason }) => ({ at, from, to, reason }));
  const own = { number, type, status, locale, slots, recipient, channel, receivedAt, createdAt };
  return `${JSON.stringify({ ...own, due, dueRule, identity, history, said, passages }, null, 2)}\n`;
}
