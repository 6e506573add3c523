import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type DocumentStore, EtagMismatch } from '../../tickets/ticket-store.ts';
import { groupCommit } from './group-commit.ts';
import { type Sealing, unsealed } from './sealing.ts';

const rowSchema = z.object({ value: z.string(), etag: z.string() });

/** Documents that expire, in SQLite. What is deleted is overwritten on disk, in the log file too. */
export function sqliteDocuments(database: Database, sealing: Sealing = unsealed): DocumentStore {
  const commit = groupCommit(database);
  const find = database.prepare('SELECT value, etag FROM documents WHERE key = ? AND expires > ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO documents (key, value, etag, expires) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM documents WHERE key = ?');
  const expire = database.prepare('DELETE FROM documents WHERE expires <= ?');

  const read = (key: string, now: Date) => {
    const row = find.get(key, now.toISOString());
    return row === undefined ? null : rowSchema.parse(row);
  };

  const write = (key: string, value: unknown, etag: string | null, now: Date, expires: Date) => {
    const before = read(key, now);
    if (etag !== '*' && etag !== (before?.etag ?? null)) throw new EtagMismatch('document');
    const next = randomUUID();
    put.run(key, sealing.seal(JSON.stringify(value), `documents/${key}`), next, expires.toISOString());
    return next;
  };

  return {
    async read(keys, now) {
      const found = keys.flatMap((key) => {
        const row = read(key, now);
        return row
          ? [
              [
                key,
                { value: JSON.parse(sealing.open(row.value, `documents/${key}`)) as unknown, etag: row.etag },
              ] as const,
            ]
          : [];
      });
      return new Map(found);
    },
    write: (...input) => commit(() => write(...input)),
    async delete(keys) {
      for (const key of keys) remove.run(key);
      database.pragma('wal_checkpoint(TRUNCATE)');
    },
    async purge(now) {
      const { changes } = expire.run(now.toISOString());
      if (changes > 0) database.pragma('wal_checkpoint(TRUNCATE)');
      return changes;
    },
  };
}
