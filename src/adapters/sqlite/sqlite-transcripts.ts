import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type {
  Keeping,
  PlacedEntry,
  TranscriptEntry,
  TranscriptStore,
} from '../../conversation/transcript-store.ts';
import { groupCommit } from './group-commit.ts';
import { type Sealing, unsealed } from './sealing.ts';

const rowSchema = z.object({
  conversation: z.string(),
  id: z.string(),
  position: z.number().int(),
  shown: z.number(),
  awaits: z.number(),
  body: z.string(),
});
const extentSchema = z.object({ entries: z.number().int(), last: z.number().int() });

/** Transcripts in SQLite. What is forgotten is overwritten on disk, in the log file too. */
export function sqliteTranscripts(database: Database, sealing: Sealing = unsealed): TranscriptStore {
  const commit = groupCommit(database);
  const dropExpired = database.prepare('DELETE FROM transcripts WHERE conversation = ? AND expires <= ?');
  const touch = database.prepare(
    `INSERT INTO transcripts (conversation, entries, last, expires) VALUES (@conversation, 0, 0, @expires)
     ON CONFLICT (conversation) DO UPDATE SET expires = excluded.expires`,
  );
  const insert = database.prepare(
    `INSERT OR IGNORE INTO transcript_entries (conversation, position, id, shown, awaits, body)
     SELECT conversation, max(last + 1, @now), @id, @shown, @awaits, @body
     FROM transcripts WHERE conversation = @conversation`,
  );
  const advance = database.prepare(
    `UPDATE transcripts SET entries = entries + 1, last = max(last + 1, @now) WHERE conversation = @conversation`,
  );
  const settle = database.prepare(
    'UPDATE transcript_entries SET awaits = 0 WHERE conversation = ? AND id = ?',
  );
  const entries = 'SELECT e.* FROM transcript_entries e JOIN transcripts t USING (conversation)';
  const after = database.prepare(
    `${entries} WHERE e.conversation = ? AND e.position > ? AND e.shown = 1 AND t.expires > ?
     ORDER BY e.position LIMIT ?`,
  );
  const one = database.prepare(`${entries} WHERE e.conversation = ? AND e.id = ? AND t.expires > ?`);
  const awaiting = database.prepare(`${entries} WHERE e.awaits = 1 AND t.expires > ? ORDER BY e.position`);
  const extent = database.prepare(
    'SELECT entries, last FROM transcripts WHERE conversation = ? AND expires > ?',
  );
  const remove = database.prepare('DELETE FROM transcripts WHERE conversation = ?');
  const expire = database.prepare('DELETE FROM transcripts WHERE expires <= ?');

  const append = (
    conversation: string,
    added: readonly TranscriptEntry[],
    { now, expires, answers }: Keeping & { answers?: string },
  ) => {
    dropExpired.run(conversation, now.toISOString());
    touch.run({ conversation, expires: expires.toISOString() });
    for (const { id, isShown, awaitsAnswer, body } of added) {
      const place = { conversation, now: now.getTime() };
      const row = {
        id,
        shown: Number(isShown),
        awaits: Number(awaitsAnswer),
        body: sealing.seal(JSON.stringify(body), placeOf(conversation, id)),
      };
      if (insert.run({ ...place, ...row }).changes > 0) advance.run(place);
    }
    if (answers !== undefined) settle.run(conversation, answers);
  };

  return {
    append: (...input) => commit(() => append(...input)),
    read: async (conversation, position, limit, now) =>
      after.all(conversation, position, now.toISOString(), limit).map((row) => placed(row, sealing).entry),
    async find(conversation, id, now) {
      const row = one.get(conversation, id, now.toISOString());
      return row === undefined ? null : placed(row, sealing).entry;
    },
    async extent(conversation, now) {
      const row = extent.get(conversation, now.toISOString());
      return row === undefined ? { entries: 0, last: 0 } : extentSchema.parse(row);
    },
    unanswered: async (now) => awaiting.all(now.toISOString()).map((row) => placed(row, sealing)),
    async forget(conversation) {
      remove.run(conversation);
      database.pragma('wal_checkpoint(TRUNCATE)');
    },
    async purge(now) {
      const { changes } = expire.run(now.toISOString());
      if (changes > 0) database.pragma('wal_checkpoint(TRUNCATE)');
      return changes;
    },
  };
}

/** The place that an entry's body is sealed for. */
export function placeOf(conversation: string, id: string): string {
  return `transcripts/${conversation}/${id}`;
}

function placed(row: unknown, sealing: Sealing): { conversation: string; entry: PlacedEntry } {
  const { conversation, id, position, shown, awaits, body } = rowSchema.parse(row);
  const entry = { id, position, isShown: shown === 1, awaitsAnswer: awaits === 1 };
  const opened = sealing.open(body, placeOf(conversation, id));
  return { conversation, entry: { ...entry, body: JSON.parse(opened) as unknown } };
}
