import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type AuditEntry, type AuditEvent, type AuditLog, chain, entryFrom } from '../../tickets/audit.ts';
import { groupCommit } from './group-commit.ts';

const SELECT = 'SELECT seq, ticket_id AS ticketId, entry AS text FROM audit';

const rowSchema = z.object({ seq: z.number(), ticketId: z.string().nullable(), text: z.string() });

/** The audit log in SQLite. */
export function sqliteAudit(database: Database): AuditLog {
  const commit = groupCommit(database);
  const newest = database.prepare(`${SELECT} ORDER BY seq DESC LIMIT 1`);
  const insert = database.prepare('INSERT INTO audit (seq, ticket_id, entry) VALUES (?, ?, ?)');
  const after = database.prepare(`${SELECT} WHERE seq > ? ORDER BY seq LIMIT ?`);
  const latest = database.prepare(`${SELECT} WHERE seq < ? ORDER BY seq DESC LIMIT ?`);
  const about = database.prepare(`${SELECT} WHERE ticket_id = ? ORDER BY seq DESC LIMIT ?`);
  // An entry that cannot be read has no action.
  const aboutActions = database.prepare(
    `${SELECT} WHERE ticket_id = ? AND iif(json_valid(entry), entry ->> '$.action', NULL) IN (SELECT value FROM json_each(?))
     ORDER BY seq DESC LIMIT ?`,
  );
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
    async about(ticketId, limit, actions) {
      const rows = actions
        ? aboutActions.all(ticketId, JSON.stringify(actions), limit)
        : about.all(ticketId, limit);
      return rows.map(read).reverse();
    },
  };
}

function read(row: unknown): AuditEntry {
  return entryFrom(rowSchema.parse(row));
}
