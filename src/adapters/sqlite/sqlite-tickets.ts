import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type Ticket, ticketSchema } from '../../tickets/ticket.ts';
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

const rowSchema = z.object({ version: z.number().int(), body: z.string() });
const cursorSchema = z.tuple([z.iso.date(), z.string()]);

/** Sorts what has no day behind what has one. */
const NO_DAY = '9999-12-31';

/** Tickets and their outbox in SQLite. */
export function sqliteTickets(database: Database): TicketStore {
  const commit = groupCommit(database);
  const insert = database.prepare(
    `INSERT INTO tickets (id, number, token_hash, idempotency_key, status, due, type, team, assignee, email_key, version, body)
     VALUES (@id, @number, @tokenHash, @idempotencyKey, @status, @due, @type, @team, @assignee, @emailKey, 1, @body)`,
  );
  const replace = database.prepare(
    `UPDATE tickets SET status = @status, due = @due, type = @type, team = @team, assignee = @assignee,
     email_key = @emailKey, token_hash = @tokenHash, version = version + 1, body = @body
     WHERE id = @id AND version = @version`,
  );
  const addEntry = database.prepare(
    'INSERT INTO outbox (id, ticket_id, kind, created_at, not_before, attempts) VALUES (@id, @ticketId, @kind, @createdAt, @notBefore, @attempts)',
  );
  const find = {
    id: database.prepare('SELECT version, body FROM tickets WHERE id = ?'),
    number: database.prepare('SELECT version, body FROM tickets WHERE number = ?'),
    token: database.prepare('SELECT version, body FROM tickets WHERE token_hash = ?'),
    key: database.prepare('SELECT version, body FROM tickets WHERE idempotency_key = ?'),
  };

  const one = (by: keyof typeof find, value: string): StoredTicket | null => {
    const row = find[by].get(value);
    return row === undefined ? null : stored(row);
  };

  const create = (ticket: Ticket, outbox: readonly OutboxEntry[]) => {
    const first = one('key', ticket.idempotencyKey);
    if (first) return { ...first, created: false };
    if (one('number', ticket.number)) throw new NumberTaken(ticket.number);
    insert.run(columns(ticket));
    for (const entry of outbox) addEntry.run(entry);
    return { ticket, etag: '1', created: true };
  };

  const update = (ticket: Ticket, etag: string, outbox: readonly OutboxEntry[]) => {
    const changed = replace.run({ ...columns(ticket), version: Number(etag) });
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
      const { conditions, values } = conditionsOf(query);
      const [afterDay, afterId] = cursor ? cursorSchema.parse(JSON.parse(cursor)) : ['', ''];
      const rows = database
        .prepare(
          `SELECT version, body FROM tickets WHERE ${['(ifnull(due, ?), id) > (?, ?)', ...conditions].join(' AND ')}
           ORDER BY ifnull(due, '${NO_DAY}'), id LIMIT ?`,
        )
        .all(NO_DAY, afterDay, afterId, ...values, limit + 1)
        .map(stored);
      const tickets = rows.slice(0, limit);
      const last = tickets.at(-1)?.ticket;
      const next = last && rows.length > limit ? JSON.stringify([last.due ?? NO_DAY, last.id]) : null;
      return { tickets, cursor: next };
    },
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

function conditionsOf(query: Omit<TicketQuery, 'limit' | 'cursor'>) {
  const { statuses, type, team, assignee, dueBy, email } = query;
  const parts: [string, readonly (string | null)[]][] = [];
  if (statuses) parts.push([`status IN (${statuses.map(() => '?').join()})`, statuses]);
  if (type !== undefined) parts.push(['type = ?', [type]]);
  if (team !== undefined) parts.push(['team = ?', [team]]);
  if (assignee !== undefined) parts.push(['assignee IS ?', [assignee]]);
  if (dueBy !== undefined) parts.push(['due <= ?', [dueBy]]);
  if (email !== undefined) parts.push(['email_key = ?', [emailKeyOf(email)]]);
  return { conditions: parts.map(([sql]) => sql), values: parts.flatMap(([, values]) => values) };
}

function columns(ticket: Ticket) {
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
    emailKey: slots.email ? emailKeyOf(slots.email) : null,
    body: JSON.stringify(ticket),
  };
}

// What an address is found by; the address itself stands in the ticket alone.
function emailKeyOf(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}

function stored(row: unknown): StoredTicket {
  const { version, body } = rowSchema.parse(row);
  return { ticket: ticketSchema.parse(JSON.parse(body)), etag: String(version) };
}
