import type { Actor, AuditLog } from './audit.ts';
import { allowedNext, move, TransitionError } from './life-cycle.ts';
import { entriesForAmend, entriesForMove } from './outbox.ts';
import type { Status, Ticket } from './ticket.ts';
import type { OutboxEntry, StoredTicket, TicketPage, TicketQuery, TicketStore } from './ticket-store.ts';

/** Everything that officers, programs and people do with stored tickets. Each look and change is in the audit log. */
export interface Office {
  /** A ticket to look at, or null where there is none. */
  look(id: string, by: Actor): Promise<StoredTicket | null>;
  /** Tickets in a list. A search for a person leaves in the log which tickets were found, never for whom. */
  find(query: TicketQuery, by: Actor): Promise<TicketPage>;
  /**
   * Moves a ticket on and leaves word for those who are to be told.
   * @throws {TransitionError} where it may not go there or lacks its reason; {EtagMismatch} where it has changed.
   */
  move(found: StoredTicket, to: Status, by: Actor, reason?: string): Promise<StoredTicket>;
  assign(found: StoredTicket, assignee: string | null, by: Actor): Promise<StoredTicket>;
  note(found: StoredTicket, text: string, by: Actor): Promise<StoredTicket>;
  /** Notes what has been shown of who the person is. */
  identify(found: StoredTicket, identity: Ticket['identity'], by: Actor): Promise<StoredTicket>;
  /**
   * Keeps what the person has filled in otherwise (`amended`), and leaves word of it.
   * @throws {TransitionError} where it has ended; {EtagMismatch} where it has changed.
   */
  amend(found: StoredTicket, amended: Ticket, by: Actor): Promise<StoredTicket>;
}

/** The office over a store and a log. */
export function officeOf(tickets: TicketStore, audit: AuditLog, clock: () => Date): Office {
  const note = (
    by: Actor,
    action: string,
    ticketId: string | null,
    detail: Record<string, string | number> = {},
  ) => audit.append({ at: clock().toISOString(), by, action, ticketId, detail });
  // First the change, then its entry: what the log says has happened. A change whose entry is lost in a crash shows in
  // the ticket's own history.
  const change = async (
    found: StoredTicket,
    ticket: Ticket,
    by: Actor,
    action: string,
    detail: Record<string, string | number> = {},
    outbox: readonly OutboxEntry[] = [],
  ) => {
    const stored = await tickets.update(ticket, found.etag, outbox);
    await note(by, action, ticket.id, detail);
    return stored;
  };
  return {
    async look(id, by) {
      const found = await tickets.byId(id);
      if (found) await note(by, 'ticket.look', id);
      return found;
    },
    async find(query, by) {
      const page = await tickets.find(query);
      const searched = query.email ? 'email' : query.phone ? 'phone' : null;
      const numbers = page.tickets.map(({ ticket }) => ticket.number).join(', ');
      await note(by, 'ticket.list', null, {
        found: page.tickets.length,
        ...(searched && { searched, ...(numbers && { numbers }) }),
      });
      return page;
    },
    async move(found, to, by, reason) {
      const moved = move(found.ticket, to, {
        at: clock(),
        by: by.id,
        ...(reason === undefined ? {} : { reason }),
      });
      const stored = await tickets.update(moved, found.etag, entriesForMove(moved));
      await note(by, 'ticket.move', moved.id, { from: found.ticket.status, to });
      return stored;
    },
    assign: (found, assignee, by) =>
      change(found, { ...found.ticket, assignee }, by, 'ticket.assign', { to: assignee ?? '' }),
    note(found, text, by) {
      const notes = [...found.ticket.notes, { at: clock().toISOString(), by: by.id, text }];
      return change(found, { ...found.ticket, notes }, by, 'ticket.note', { notes: notes.length });
    },
    identify: (found, identity, by) =>
      change(found, { ...found.ticket, identity }, by, 'ticket.identify', { identity }),
    async amend(found, amended, by) {
      if (allowedNext(found.ticket.status).length === 0)
        throw new TransitionError(
          found.ticket,
          found.ticket.status,
          'it has ended, and is not changed any more',
        );
      const slots = Object.keys(amended.slots).sort().join();
      const at = clock();
      const amendments = [...found.ticket.amendments, { at: at.toISOString(), by: by.id }];
      const entries = entriesForAmend(found.ticket, amended, at);
      return change(found, { ...amended, amendments }, by, 'ticket.amend', { slots }, entries);
    },
  };
}
