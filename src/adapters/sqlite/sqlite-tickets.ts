import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { allowedNext } from '../../tickets/life-cycle.ts';
import { readableBy, type TellUnreadable } from '../../tickets/readable.ts';
import { statuses, type Ticket, ticketSchema } from '../../tickets/ticket.ts';
import { hashToken } from '../../tickets/ticket-number.ts';
import { endOf, isDownwards, NO_DAY, pageOf, seekOf } from '../../tickets/ticket-order.ts';
import {
  EtagMismatch,
  NumberTaken,
  type OutboxEntry,
  outboxEntrySchema,
  type StoredTicket,
  type TicketFilter,
  type TicketStore,
} from '../../tickets/ticket-store.ts';
import { groupCommit } from './group-commit.ts';
import { type Sealing, unsealed } from './sealing.ts';

const rowSchema = z.object({ id: z.string(), version: z.number().int(), body: z.string() });
const placedSchema = rowSchema.extend({ place: z.string() });
const ended = statuses.filter((status) => allowedNext(status).length === 0);
/** What tickets are ordered by before their ids; each has an index. */
const orders = {
  due: { key: `ifnull(due, '${NO_DAY}')`, conditions: [] },
  ended: { key: 'counts_from', conditions: ['counts_from IS NOT NULL', "status != 'draft'"] },
} as const;

/** Tickets and their outbox in SQLite. */
export function sqliteTickets(
  database: Database,
  sealing: Sealing = unsealed,
  unreadable: TellUnreadable = () => {},
): TicketStore {
  const readable = readableBy(unreadable);
  const commit = groupCommit(database);
  const insert = database.prepare(
    `INSERT INTO tickets (id, number, token_hash, idempotency_key, status, due, type, team, assignee, email_key, phone_key, counts_from, version, body)
     VALUES (@id, @number, @tokenHash, @idempotencyKey, @status, @due, @type, @team, @assignee, @emailKey, @phoneKey, @countsFrom, 1, @body)`,
  );
  const replace = database.prepare(
    `UPDATE tickets SET status = @status, due = @due, type = @type, team = @team, assignee = @assignee,
     email_key = @emailKey, phone_key = @phoneKey, counts_from = @countsFrom, token_hash = @tokenHash, version = version + 1, body = @body
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
    async find({ limit, cursor, order = 'due', ...filter }) {
      const { conditions, values } = conditionsOf(filter, sealing);
      const { key, conditions: ordered } = orders[order];
      const seek = seekOf(cursor);
      const isDown = isDownwards(order, seek);
      const way = isDown ? 'DESC' : 'ASC';
      const beyond = seek ? [`(${key}, id) ${isDown ? '<' : '>'} (?, ?)`] : [];
      const found = database
        .prepare(
          `SELECT id, version, body, ${key} || ' ' || id AS place FROM tickets ${where([...beyond, ...ordered, ...conditions])}
           ORDER BY ${key} ${way}, id ${way} LIMIT ?`,
        )
        .all(...(seek?.place.split(' ') ?? []), ...values, limit + 1)
        .map((row) => placedSchema.parse(row));
      const { rows, ...ends } = pageOf(found, limit, seek, ({ place }) => place);
      return { ...readable(rows, (row) => stored(row, sealing)), ...ends };
    },
    async count(filter) {
      const { conditions, values } = conditionsOf(filter, sealing);
      const count = database.prepare(`SELECT count(*) FROM tickets ${where(conditions)}`).pluck();
      return Number(count.get(...values));
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
    async claim({ id, notBefore }, until) {
      const { changes } = database
        .prepare('UPDATE outbox SET attempts = attempts + 1, not_before = ? WHERE id = ? AND not_before = ?')
        .run(until.toISOString(), id, notBefore);
      return changes === 1;
    },
    async sent(id) {
      database.prepare('DELETE FROM outbox WHERE id = ?').run(id);
    },
    async putOff(id, notBefore) {
      database.prepare('UPDATE outbox SET not_before = ? WHERE id = ?').run(notBefore.toISOString(), id);
    },
  };
}

function where(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}

function conditionsOf(filter: TicketFilter, sealing: Sealing) {
  const { statuses, type, team, assignee, dueBy, email, phone, numberPart } = filter;
  const parts: [string, readonly (string | null)[]][] = [];
  const isIn = (column: string, values: readonly string[]) =>
    parts.push([`${column} IN (${values.map(() => '?').join()})`, values]);
  if (statuses) isIn('status', statuses);
  if (type !== undefined) isIn('type', [type].flat());
  if (team !== undefined) parts.push(['team = ?', [team]]);
  if (assignee !== undefined) parts.push(['assignee IS ?', [assignee]]);
  if (dueBy !== undefined) parts.push(['due <= ?', [dueBy]]);
  if (email !== undefined) isIn('email_key', sealing.marks(email.toLowerCase()));
  if (phone !== undefined) isIn('phone_key', sealing.marks(phone));
  if (numberPart !== undefined) parts.push(['instr(number, ?)', [numberPart]]);
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
    ...personKeys(slots, sealing),
    countsFrom: countsFrom(ticket),
    body: sealing.seal(JSON.stringify(ticket), sealedFor(id)),
  };
}

/** What a person is found by; the address and the number themselves stand in the body alone. */
export function personKeys({ email, phone }: Ticket['slots'], sealing: Sealing) {
  return {
    emailKey: email ? sealing.marks(email.toLowerCase())[0] : null,
    phoneKey: phone ? sealing.marks(phone)[0] : null,
  };
}

/** From when the time counts for which a ticket is kept: a draft's from its making, an ended one's from its end. */
function countsFrom(ticket: Ticket): string | null {
  if (ticket.status === 'draft') return ticket.createdAt;
  return ended.includes(ticket.status) ? endOf(ticket) : null;
}

/** The place that a ticket's body is sealed for. */
function sealedFor(id: string): string {
  return `tickets/${id}`;
}

function stored(row: unknown, sealing: Sealing): StoredTicket {
  const { id, version, body } = rowSchema.parse(row);
  return { ticket: ticketSchema.parse(JSON.parse(sealing.open(body, sealedFor(id)))), etag: String(version) };
}
