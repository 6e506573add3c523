import type { Database } from 'better-sqlite3';
import {
  type AuditEntry,
  type AuditEvent,
  type AuditLog,
  auditEntrySchema,
  chain,
} from '../../tickets/audit.ts';
import { groupCommit } from './group-commit.ts';

/** The audit log in SQLite. */
export function sqliteAudit(database: Database): AuditLog {
  const commit = groupCommit(database);
  const newest = database.prepare('SELECT entry FROM audit ORDER BY seq DESC LIMIT 1').pluck();
  const insert = database.prepare('INSERT INTO audit (seq, ticket_id, entry) VALUES (?, ?, ?)');
  const after = database.prepare('SELECT entry FROM audit WHERE seq > ? ORDER BY seq LIMIT ?').pluck();
  const about = database.prepare('SELECT entry FROM audit WHERE ticket_id = ? ORDER BY seq LIMIT ?').pluck();
  const append = (event: AuditEvent) => {
    const last = newest.get();
    const entry = chain(event, last === undefined ? null : read(last));
    insert.run(entry.seq, entry.ticketId, JSON.stringify(entry));
    return entry;
  };
  return {
    append: (event) => commit(() => append(event)),
    read: async (place, limit) => after.all(place, limit).map(read),
    about: async (ticketId, limit) => about.all(ticketId, limit).map(read),
  };
}

function read(row: unknown): AuditEntry {
  return auditEntrySchema.parse(JSON.parse(String(row)));
}
