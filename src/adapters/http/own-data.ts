import type { Ticket } from '../../tickets/ticket.ts';

/** What a person gets of their ticket as a file: theirs, without what officers wrote for one another. */
export function ownData(ticket: Ticket): string {
  const { number, type, status, locale, slots, recipient, channel, receivedAt, createdAt } = ticket;
  const { due, dueRule, identity, said, passages } = ticket;
  const history = ticket.history.map(({ at, from, to, reason }) => ({ at, from, to, reason }));
  const amendments = ticket.amendments.map(({ at }) => ({ at }));
  const own = { number, type, status, locale, slots, recipient, channel, receivedAt, createdAt };
  return `${JSON.stringify({ ...own, due, dueRule, identity, history, amendments, said, passages }, null, 2)}\n`;
}
