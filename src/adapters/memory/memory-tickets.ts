import { allowedNext } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { hashToken } from '../../tickets/ticket-number.ts';
import {
  EtagMismatch,
  NumberTaken,
  type OutboxEntry,
  type StoredTicket,
  type TicketQuery,
  type TicketStore,
} from '../../tickets/ticket-store.ts';

/** Sorts what has no day behind what has one. */
const NO_DAY = '9999-12-31';

/** Tickets in memory: for the terminal and for tests. Nothing survives the process. */
export function memoryTickets(): TicketStore {
  const tickets = new Map<string, StoredTicket>();
  const outbox = new Map<string, OutboxEntry>();
  const copy = <T>(value: T): T => structuredClone(value);
  const one = (matches: (ticket: Ticket) => boolean): StoredTicket | null => {
    const found = [...tickets.values()].find((entry) => matches(entry.ticket));
    return found ? copy(found) : null;
  };
  const enqueue = (entries: readonly OutboxEntry[]) => {
    for (const entry of entries) outbox.set(entry.id, copy(entry));
  };
  const placeOf = ({ ticket }: StoredTicket) => `${ticket.due ?? NO_DAY} ${ticket.id}`;

  return {
    async create(ticket, entries) {
      const first = one((other) => other.idempotencyKey === ticket.idempotencyKey);
      if (first) return { ...first, created: false };
      if (one((other) => other.number === ticket.number)) throw new NumberTaken(ticket.number);
      tickets.set(ticket.id, copy({ ticket, etag: '1' }));
      enqueue(entries);
      return { ticket, etag: '1', created: true };
    },
    byId: async (id) => one((ticket) => ticket.id === id),
    byNumber: async (number) => one((ticket) => ticket.number === number),
    byToken: async (token) => one((ticket) => ticket.tokenHash === hashToken(token)),
    async update(ticket, etag, entries) {
      if (tickets.get(ticket.id)?.etag !== etag) throw new EtagMismatch('ticket');
      const next = { ticket, etag: String(Number(etag) + 1) };
      tickets.set(ticket.id, copy(next));
      enqueue(entries);
      return next;
    },
    async find({ limit, cursor, ...query }) {
      const after = cursor ?? '';
      const rows = [...tickets.values()]
        .filter(({ ticket }) => fits(ticket, query))
        .filter((entry) => placeOf(entry) > after)
        .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { tickets: page.map(copy), cursor: rows.length > limit && last ? placeOf(last) : null };
    },
    async purge({ draftsBefore, endedBefore }) {
      const isOld = ({ ticket }: StoredTicket) => {
        if (ticket.status === 'draft') return ticket.createdAt < draftsBefore.toISOString();
        const last = ticket.history.at(-1)?.at ?? ticket.createdAt;
        return allowedNext(ticket.status).length === 0 && last < endedBefore.toISOString();
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
    async sent(id) {
      outbox.delete(id);
    },
    async putOff(id, notBefore) {
      const entry = outbox.get(id);
      if (entry)
        outbox.set(id, { ...entry, attempts: entry.attempts + 1, notBefore: notBefore.toISOString() });
    },
  };
}

function fits(ticket: Ticket, query: Omit<TicketQuery, 'limit' | 'cursor'>): boolean {
  const { statuses, type, team, assignee, dueBy, email } = query;
  return (
    (statuses?.includes(ticket.status) ?? true) &&
    (type === undefined || ticket.type === type) &&
    (team === undefined || ticket.recipient.team === team) &&
    (assignee === undefined || ticket.assignee === assignee) &&
    (dueBy === undefined || (ticket.due !== null && ticket.due <= dueBy)) &&
    (email === undefined || ticket.slots.email?.toLowerCase() === email.toLowerCase())
  );
}
