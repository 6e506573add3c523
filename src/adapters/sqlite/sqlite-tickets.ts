import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { allowedNext } from '../../tickets/life-cycle.ts';
import { statuses, type Ticket, ticketSchema } from '../../tickets/ticket.ts';
import { hashToken } from '../../tickets/ticket-number.ts';
import {
  EtagMismatch,
  NumberTaken,
  type OutboxEntry,
  outboxEntrySchema,
  type StoredTicket,
  type TicketQuery,
  type TicketStore,
} from '../../tickets/ticket-store.ts';
import { groupCommit } from './group-commit.ts';
import { type Sealing, unsealed } from './sealing.ts';

const rowSchema = z.object({ id: z.string(), version: z.number().int(), body: z.string() });
const ended = statuses.filter((status) => allowedNext(status).length === 0);
const cursorSchema = z.tuple([z.iso.date(), z.string()]);

/** Sorts what has no day behind what has one. */
const NO_DAY = '9999-12-31';

/** Tickets and their outbox in SQLite. */
export function sqliteTickets(database: Database, sealing: Sealing = unsealed): TicketStore {
  const commit = groupCommit(database);
  const insert = database.prepare(
    `INSERT INTO tickets (id, number, token_hash, idempotency_key, status, due, type, team, assignee, email_key, counts_from, version, body)
     VALUES (@id, @number, @tokenHash, @idempotencyKey, @status, @due, @type, @team, @assignee, @emailKey, @countsFrom, 1, @body)`,
  );
  const replace = database.prepare(
    `UPDATE tickets SET status = @status, due = @due, type = @type, team = @team, assignee = @assignee,
     email_key = @emailKey, counts_from = @countsFrom, token_hash = @tokenHash, version = version + 1, body = @body
     WHERE id = @id AND version = @version`,
  );
  const addEntry = database.prepare(
    'INSERT INTO outbox (id, ticket_id, kind, created_at, not_before, attempts) VALUES (@id, @ticketId, @kind, @createdAt, @notBefore, @attempts)',
  );
  const expired = database.prepare('SELECT id FROM tickets WHERE status = ? AND counts_from < ?').pluck();
  const dropEntries = database.prepare('DELETE FROM outbox WHERE ticket_id = ?');
  const dropTicket = database.prepare('DELETE FROM tickets WHERE id = ?');
  const find = {
    id: database.prepare('SELECT id, version, body FROM tickets WHERE id = ?'),
    number: database.prepare('SELECT id, version, body FROM tickets WHERE number = ?'),
    token: database.prepare('SELECT id, version, body FROM tickets WHERE token_hash = ?'),
    key: database.prepare('SELECT id, version, body FROM tickets WHERE idempotency_key = ?'),
  };

  const one = (by: keyof typeof find, value: string): StoredTicket | null => {
    const row = find[by].get(value);
    return row === undefined ? null : stored(row, sealing);
  };

  const create = (ticket: Ticket, outbox: readonly OutboxEntry[]) => {
    const first = one('key', ticket.idempotencyKey);
    if (first) return { ...first, created: false };
    if (one('number', ticket.number)) throw new NumberTaken(ticket.number);
    insert.run(columns(ticket, sealing));
    for (const entry of outbox) addEntry.run(entry);
    return { ticket, etag: '1', created: true };
  };

  const update = (ticket: Ticket, etag: string, outbox: readonly OutboxEntry[]) => {
    const changed = replace.run({ ...columns(ticket, sealing), version: Number(etag) });
    if (changed.changes === 0) throw new EtagMismatch('ticket');
    for (const entry of outbox) addEntry.run(entry);
    return { ticket, etag: String(Number(etag) + 1) };
  };

  return {
    create: async (ticket, outbox) => {
      const checked = ticketSchema.parse(ticket);
      return commit(() => create(checked, outbox));
    },
    byId: async (id) => one('id', id),
    byNumber: async (number) => one('number', number),
    byToken: async (token) => one('token', hashToken(token)),
    update: async (ticket, etag, outbox) => {
      const checked = ticketSchema.parse(ticket);
      return commit(() => update(checked, etag, outbox));
    },
    async find({ limit, cursor, ...query }) {
      const { conditions, values } = conditionsOf(query, sealing);
      const [afterDay, afterId] = cursor ? cursorSchema.parse(JSON.parse(cursor)) : ['', ''];
      const rows = database
        .prepare(
          `SELECT id, version, body FROM tickets WHERE ${['(ifnull(due, ?), id) > (?, ?)', ...conditions].join(' AND ')}
           ORDER BY ifnull(due, '${NO_DAY}'), id LIMIT ?`,
        )
        .all(NO_DAY, afterDay, afterId, ...values, limit + 1)
        .map((row) => stored(row, sealing));
      const tickets = rows.slice(0, limit);
      const last = tickets.at(-1)?.ticket;
      const next = last && rows.length > limit ? JSON.stringify([last.due ?? NO_DAY, last.id]) : null;
      return { tickets, cursor: next };
    },
    purge: ({ draftsBefore, endedBefore }) =>
      commit(() => {
        const old = [
          ...expired.all('draft', draftsBefore.toISOString()),
          ...ended.flatMap((status) => expired.all(status, endedBefore.toISOString())),
        ];
        for (const id of old) {
          dropEntries.run(id);
          dropTicket.run(id);
        }
        return old.length;
      }),
    async pending(now, limit, kinds) {
      const rows = database
        .prepare(
          `SELECT id, ticket_id AS ticketId, kind, created_at AS createdAt, not_before AS notBefore, attempts
           FROM outbox WHERE not_before <= ? ${kinds ? `AND kind IN (${kinds.map(() => '?').join()})` : ''}
           ORDER BY not_before, id LIMIT ?`,
        )
        .all(now.toISOString(), ...(kinds ?? []), limit);
      return rows.map((row) => outboxEntrySchema.parse(row));
    },
    async sent(id) {
      database.prepare('DELETE FROM outbox WHERE id = ?').run(id);
    },
    async putOff(id, notBefore) {
      database
        .prepare('UPDATE outbox SET attempts = attempts + 1, not_before = ? WHERE id = ?')
        .run(notBefore.toISOString(), id);
    },
  };
}

function conditionsOf(query: Omit<TicketQuery, 'limit' | 'cursor'>, sealing: Sealing) {
  const { statuses, type, team, assignee, dueBy, email } = query;
  const parts: [string, readonly (string | null)[]][] = [];
  if (statuses) parts.push([`status IN (${statuses.map(() => '?').join()})`, statuses]);
  if (type !== undefined) parts.push(['type = ?', [type]]);
  if (team !== undefined) parts.push(['team = ?', [team]]);
  if (assignee !== undefined) parts.push(['assignee IS ?', [assignee]]);
  if (dueBy !== undefined) parts.push(['due <= ?', [dueBy]]);
  if (email !== undefined) {
    const marks = sealing.marks(email.toLowerCase());
    parts.push([`email_key IN (${marks.map(() => '?').join()})`, marks]);
  }
  return { conditions: parts.map(([sql]) => sql), values: parts.flatMap(([, values]) => values) };
}

function columns(ticket: Ticket, sealing: Sealing) {
  const { id, number, tokenHash, idempotencyKey, status, due, type, assignee, recipient, slots } = ticket;
  return {
    id,
    number,
    tokenHash,
    idempotencyKey,
    status,
    due,
    type,
    team: recipient.team,
    assignee,
    // What an address is found by; the address itself stands in the body alone.
    emailKey: slots.email ? sealing.marks(slots.email.toLowerCase())[0] : null,
    countsFrom: countsFrom(ticket),
    body: sealing.seal(JSON.stringify(ticket), placeOf(id)),
  };
}

/** From when the time counts for which a ticket is kept: a draft's from its making, an ended one's from its end. */
function countsFrom({ status, createdAt, history }: Ticket): string | null {
  if (status === 'draft') return createdAt;
  return ended.includes(status) ? (history.at(-1)?.at ?? createdAt) : null;
}

/** The place that a ticket's body is sealed for. */
export function placeOf(id: string): string {
  return `tickets/${id}`;
}

function stored(row: unknown, sealing: Sealing): StoredTicket {
  const { id, version, body } = rowSchema.parse(row);
  return { ticket: ticketSchema.parse(JSON.parse(sealing.open(body, placeOf(id)))), etag: String(version) };
}
