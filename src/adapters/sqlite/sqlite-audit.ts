import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import {
  type AuditEntry,
  type AuditEvent,
  type AuditLog,
  auditEntrySchema,
  chain,
} from '../../tickets/audit.ts';
import { groupCommit } from './group-commit.ts';

const SELECT = 'SELECT seq, ticket_id AS ticketId, entry FROM audit';

const rowSchema = z.object({ seq: z.number(), ticketId: z.string().nullable(), entry: z.string() });

/** The audit log in SQLite. */
export function sqliteAudit(database: Database): AuditLog {
  const commit = groupCommit(database);
  const newest = database.prepare(`${SELECT} ORDER BY seq DESC LIMIT 1`);
  const insert = database.prepare('INSERT INTO audit (seq, ticket_id, entry) VALUES (?, ?, ?)');
  const after = database.prepare(`${SELECT} WHERE seq > ? ORDER BY seq LIMIT ?`);
  const latest = database.prepare(`${SELECT} WHERE seq < ? ORDER BY seq DESC LIMIT ?`);
  const about = database.prepare(`${SELECT} WHERE ticket_id = ? ORDER BY seq LIMIT ?`);
  const append = (event: AuditEvent) => {
    const last = newest.get();
    const entry = chain(event, last === undefined ? null : read(last));
    insert.run(entry.seq, entry.ticketId, JSON.stringify(entry));
    return entry;
  };
  return {
    append: (event) => commit(() => append(event)),
    read: async (place, limit) => after.all(place, limit).map(read),
    latest: async (limit, before = Number.MAX_SAFE_INTEGER) => latest.all(before, limit).map(read),
    about: async (ticketId, limit) => about.all(ticketId, limit).map(read),
  };
}

// What stands beside an entry, for finding it, is part of it; a row that does not stand as it was written has lost its
// hash, and the chain is broken there.
function read(row: unknown): AuditEntry {
  const { seq, ticketId, entry: text } = rowSchema.parse(row);
  const entry = parse(text);
  if (!entry) return { ...UNREADABLE, seq, ticketId };
  const isIntact = entry.seq === seq && entry.ticketId === ticketId && JSON.stringify(entry) === text;
  return isIntact ? entry : { ...entry, hash: UNREADABLE.hash };
}

function parse(text: string): AuditEntry | null {
  try {
    return auditEntrySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const UNREADABLE: Omit<AuditEntry, 'seq' | 'ticketId'> = {
  at: new Date(0).toISOString(),
  by: { id: 'unknown', role: 'system' },
  action: 'unreadable',
  detail: {},
  previous: '0'.repeat(64),
  hash: '0'.repeat(64),
};
