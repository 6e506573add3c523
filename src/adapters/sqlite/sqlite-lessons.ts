import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LessonRow, LessonStore } from '../../conversation/lesson.ts';
import { groupCommit } from './group-commit.ts';

const rowSchema = z.object({
  why: z.enum(['declined', 'unclear', 'good', 'bad']),
  locale: z.enum(['sv', 'en']),
  text: z.string(),
  near: z.string().transform((ids) => (ids ? ids.split(' ') : [])),
  count: z.number().int(),
  last: z.iso.date(),
});

/** Lessons in SQLite. A row knows the day it last came, not when in it, nor of whom. */
export function sqliteLessons(database: Database): LessonStore {
  const commit = groupCommit(database);
  const add = database.prepare(
    `INSERT INTO lessons (why, locale, text, near, count, last) VALUES (?, ?, ?, ?, 1, ?)
     ON CONFLICT (why, locale, text, near) DO UPDATE SET count = count + 1, last = excluded.last`,
  );
  const all = database.prepare(
    'SELECT why, locale, text, near, count, last FROM lessons ORDER BY count DESC, last DESC LIMIT ?',
  );
  const expire = database.prepare('DELETE FROM lessons WHERE last < ?');
  return {
    keep: ({ why, locale, text, near }, day) =>
      commit(() => {
        add.run(why, locale, text, near.join(' '), day);
      }),
    list: async (limit): Promise<LessonRow[]> => all.all(limit).map((row) => rowSchema.parse(row)),
    purge: async (before) => expire.run(before).changes,
  };
}
