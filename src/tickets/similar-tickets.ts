import { openStatuses } from './life-cycle.ts';
import type { Ticket } from './ticket.ts';
import type { StoredTicket, TicketStore } from './ticket-store.ts';

const MOST = 20;

/** Other open tickets of the same person, known by address or number, for the same thing. */
export async function similarTo(
  { id, type, slots }: Pick<Ticket, 'id' | 'type' | 'slots'>,
  tickets: Pick<TicketStore, 'find'>,
): Promise<StoredTicket[]> {
  const { email, phone } = slots;
  const pages = await Promise.all(
    [...(email ? [{ email }] : []), ...(phone ? [{ phone }] : [])].map((person) =>
      tickets.find({ ...person, type, statuses: openStatuses, limit: MOST }),
    ),
  );
  const found = pages.flatMap((page) => page.tickets).filter(({ ticket }) => ticket.id !== id);
  return [...new Map(found.map((each) => [each.ticket.id, each])).values()];
}

/** Those that a new ticket may belong to; none where its form has made one already. */
export async function twinsOf(
  ticket: Ticket,
  tickets: Pick<TicketStore, 'find' | 'byId'>,
): Promise<StoredTicket[]> {
  return (await tickets.byId(ticket.id)) ? [] : similarTo(ticket, tickets);
}
