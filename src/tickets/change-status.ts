import { move } from './life-cycle.ts';
import { entriesForMove } from './outbox.ts';
import type { Status } from './ticket.ts';
import type { StoredTicket, TicketStore } from './ticket-store.ts';

/**
 * Moves a stored ticket on, and leaves word for whoever filed it for somebody else, in one transaction.
 * @throws {TransitionError} where it may not go there; {EtagMismatch} where it has changed since it was read.
 */
export async function changeStatus(
  { ticket, etag }: StoredTicket,
  to: Status,
  step: { at: Date; by: string; reason?: string },
  store: TicketStore,
): Promise<StoredTicket> {
  const moved = move(ticket, to, step);
  return store.update(moved, etag, entriesForMove(moved));
}
