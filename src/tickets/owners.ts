import { createHash, randomUUID } from 'node:crypto';
import type { Content } from '../content/content.ts';
import { amended } from './amended.ts';
import type { Actor } from './audit.ts';
import { type CodeCheck, type CodeFor, type Confirmations, type Door, entryForCode } from './confirmation.ts';
import { allowedNext } from './life-cycle.ts';
import type { Office } from './office.ts';
import type { Pace } from './pace.ts';
import type { Ticket } from './ticket.ts';
import { EtagMismatch, type StoredTicket, type TicketStore } from './ticket-store.ts';

/** What people do with their own requests, once they have shown that a request's address is theirs. */
export interface Owners {
  /** The ticket of a number and its address, or null: the two do not belong together, or its time is over. */
  find(number: string, email: string, now: Date): Promise<StoredTicket | null>;
  /** Sends a new code to a ticket's address. False: it has none, or many have been sent in a day. */
  sendCode(ticket: Ticket, door: Door, now: Date): Promise<boolean>;
  /**
   * Checks a code; where it is right, the ticket notes that the address is the person's. For null the same work is
   * done and nothing is right: whether there is such a ticket does not show.
   */
  confirm(found: StoredTicket | null, door: Door, code: string, now: Date): Promise<CodeCheck>;
  /** @throws {TransitionError} where it has ended; {EtagMismatch} where it has changed. */
  withdraw(found: StoredTicket): Promise<StoredTicket>;
  /** Changes what was filled in. @throws {EtagMismatch} where the ticket has changed. */
  amend(found: StoredTicket, slots: Ticket['slots']): Promise<StoredTicket>;
  /** Whether a ticket is shown no longer: it ended too many days ago. */
  isPast(ticket: Ticket, now: Date): boolean;
}

/** What owners are served with. */
export interface OwnersParts {
  tickets: TicketStore;
  office: Office;
  confirmations: Pick<Confirmations, 'begin' | 'check'>;
  pace: Pace;
  content: Content;
  /** A ticket that has ended is shown for so many days more. */
  closedDays: number;
}

const DAY_MS = 24 * 3_600_000;

/** The owners of the tickets in a store. */
export function ownersOf(parts: OwnersParts): Owners {
  const { tickets, office, confirmations, pace, content, closedDays } = parts;
  const isPast = (ticket: Ticket, now: Date) => {
    if (allowedNext(ticket.status).length > 0) return false;
    const ended = Date.parse(ticket.history.at(-1)?.at ?? ticket.createdAt);
    return now.getTime() > ended + closedDays * DAY_MS;
  };
  return {
    isPast,
    async find(number, email, now) {
      const found = await tickets.byNumber(number);
      if (!found || isPast(found.ticket, now)) return null;
      return found.ticket.slots.email?.toLowerCase() === email.trim().toLowerCase() ? found : null;
    },
    async sendCode(ticket, door, now) {
      const { email: address } = ticket.slots;
      if (!address) return false;
      const what = { ticketId: ticket.id, address, door };
      // Tickets with somebody else's address are made at will: they share what one address gets in a day.
      const isOpen =
        ticket.identity !== 'unconfirmed' ||
        (await pace.take('code', address, `${ticket.id}/${now.toISOString()}`, now));
      if (!isOpen || !(await confirmations.begin(what, now))) return false;
      await leaveCode(what, now, tickets);
      return true;
    },
    async confirm(found, door, code, now) {
      const digits = code.replace(/\D/g, '');
      if (digits.length !== 6) return 'wrong';
      const { id: ticketId = randomUUID(), slots } = found?.ticket ?? {};
      const outcome = await confirmations.check({ ticketId, address: slots?.email ?? '', door }, digits, now);
      if (found && outcome === 'confirmed') await noteConfirmed(found, { tickets, office });
      return outcome;
    },
    withdraw: (found) => office.move(found, 'withdrawn', ownerOf(found.ticket)),
    amend: (found, slots) =>
      office.amend(found, amended(found.ticket, slots, content), ownerOf(found.ticket)),
  };
}

/** What the address of a ticket is known by: whoever has shown that one is theirs has not shown it of the next. */
export function addressHash({ slots }: Pick<Ticket, 'slots'>): string {
  return createHash('sha256')
    .update((slots.email ?? '').toLowerCase())
    .digest('base64url');
}

/** The person of a ticket, as the audit log knows them. */
export function ownerOf(ticket: Ticket): Actor {
  return { id: ticket.number, role: 'person' };
}

// A code is right once: a change by somebody else in between does not take that back.
async function noteConfirmed(
  found: StoredTicket,
  { tickets, office }: Pick<OwnersParts, 'tickets' | 'office'>,
): Promise<void> {
  for (let now: StoredTicket | null = found; now?.ticket.identity === 'unconfirmed'; ) {
    try {
      await office.identify(now, 'email_confirmed', ownerOf(now.ticket));
      return;
    } catch (error) {
      if (!(error instanceof EtagMismatch)) throw error;
      now = await tickets.byId(found.ticket.id);
    }
  }
}

// The letter goes into the outbox with the ticket, however often that changes meanwhile.
async function leaveCode(what: CodeFor, now: Date, tickets: TicketStore): Promise<void> {
  for (;;) {
    const found = await tickets.byId(what.ticketId);
    if (!found) return;
    try {
      await tickets.update(found.ticket, found.etag, [entryForCode(what, now)]);
      return;
    } catch (error) {
      if (!(error instanceof EtagMismatch)) throw error;
    }
  }
}
