import { openStatuses } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { StoredTicket, TicketStore } from '../../tickets/ticket-store.ts';

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
