import { allowedNext } from '../../tickets/life-cycle.ts';
import { type Ticket, ticketSchema } from '../../tickets/ticket.ts';
import { hashToken } from '../../tickets/ticket-number.ts';
import { endOf, isDownwards, pageOf, placeOf, seekOf } from '../../tickets/ticket-order.ts';
import {
  EtagMismatch,
  NumberTaken,
  type OutboxEntry,
  type StoredTicket,
  type TicketFilter,
  type TicketStore,
} from '../../tickets/ticket-store.ts';

/** Tickets in memory: for the terminal and for tests. Nothing survives the process. */
export function memoryTickets(): TicketStore {
  const tickets = new Map<string, StoredTicket>();
  const outbox = new Map<string, OutboxEntry>();
  const copy = <T>(value: T): T => structuredClone(value);
  const one = (matches: (ticket: Ticket) => boolean): StoredTicket | null => {
    const found = [...tickets.values()].find((entry) => matches(entry.ticket));
    return found ? copy(found) : null;
  };
  const refuseKnown = (entries: readonly OutboxEntry[]) => {
    for (const { id } of entries) if (outbox.has(id)) throw new RangeError(`the outbox has an entry ${id}`);
  };
  const enqueue = (entries: readonly OutboxEntry[]) => {
    for (const entry of entries) outbox.set(entry.id, copy(entry));
  };
  const isEnded = ({ status }: Ticket) => allowedNext(status).length === 0;

  return {
    async create(given, entries) {
      const ticket = ticketSchema.parse(given);
      const first = one((other) => other.idempotencyKey === ticket.idempotencyKey);
      if (first) return { ...first, created: false };
      if (one((other) => other.number === ticket.number)) throw new NumberTaken(ticket.number);
      refuseKnown(entries);
      tickets.set(ticket.id, copy({ ticket, etag: '1' }));
      enqueue(entries);
      return { ticket, etag: '1', created: true };
    },
    byId: async (id) => one((ticket) => ticket.id === id),
    byNumber: async (number) => one((ticket) => ticket.number === number),
    byToken: async (token) => one((ticket) => ticket.tokenHash === hashToken(token)),
    async update(given, etag, entries) {
      const ticket = ticketSchema.parse(given);
      if (tickets.get(ticket.id)?.etag !== etag) throw new EtagMismatch('ticket');
      refuseKnown(entries);
      const next = { ticket, etag: String(Number(etag) + 1) };
      tickets.set(ticket.id, copy(next));
      enqueue(entries);
      return next;
    },
    async find({ limit, cursor, order = 'due', ...filter }) {
      const seek = seekOf(cursor);
      const placeIn = ({ ticket }: StoredTicket) => placeOf(ticket, order);
      const down = isDownwards(order, seek) ? -1 : 1;
      const compare = (one: string, other: string) => (one < other ? -down : one > other ? down : 0);
      const found = [...tickets.values()]
        .filter(({ ticket }) => fits(ticket, filter) && (order === 'due' || isEnded(ticket)))
        .filter((entry) => seek === null || compare(placeIn(entry), seek.place) > 0)
        .sort((one, other) => compare(placeIn(one), placeIn(other)));
      const { rows, ...ends } = pageOf(found, limit, seek, placeIn);
      return { tickets: rows.map(copy), unreadable: 0, ...ends };
    },
    count: async (filter) => [...tickets.values()].filter(({ ticket }) => fits(ticket, filter)).length,
    async purge({ draftsBefore, endedBefore }) {
      const isOld = ({ ticket }: StoredTicket) => {
        if (ticket.status === 'draft') return ticket.createdAt < draftsBefore.toISOString();
        return isEnded(ticket) && endOf(ticket) < endedBefore.toISOString();
      };
      const old = [...tickets.values()].filter(isOld).map(({ ticket }) => ticket.id);
      for (const id of old) tickets.delete(id);
      for (const [key, entry] of outbox) if (old.includes(entry.ticketId)) outbox.delete(key);
      return old.length;
    },
    async pending(now, limit, kinds) {
      return [...outbox.values()]
        .filter((entry) => entry.notBefore <= now.toISOString() && (kinds?.includes(entry.kind) ?? true))
        .sort((a, b) => (`${a.notBefore} ${a.id}` < `${b.notBefore} ${b.id}` ? -1 : 1))
        .slice(0, limit)
        .map(copy);
    },
    async claim({ id, notBefore }, until) {
      const entry = outbox.get(id);
      if (entry?.notBefore !== notBefore) return false;
      outbox.set(id, { ...entry, attempts: entry.attempts + 1, notBefore: until.toISOString() });
      return true;
    },
    async sent(id) {
      outbox.delete(id);
    },
    async putOff(id, notBefore) {
      const entry = outbox.get(id);
      if (entry) outbox.set(id, { ...entry, notBefore: notBefore.toISOString() });
    },
  };
}

function fits(ticket: Ticket, filter: TicketFilter): boolean {
  const { statuses, type, team, assignee, dueBy, email, phone, numberPart } = filter;
  return (
    (statuses?.includes(ticket.status) ?? true) &&
    (type === undefined || [type].flat().includes(ticket.type)) &&
    (team === undefined || ticket.recipient.team === team) &&
    (assignee === undefined || ticket.assignee === assignee) &&
    (dueBy === undefined || (ticket.due !== null && ticket.due <= dueBy)) &&
    (email === undefined || ticket.slots.email?.toLowerCase() === email.toLowerCase()) &&
    (phone === undefined || ticket.slots.phone === phone) &&
    (numberPart === undefined || ticket.number.includes(numberPart))
  );
}
