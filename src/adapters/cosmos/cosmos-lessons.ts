import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LessonStore } from '../../conversation/lesson.ts';
import { changeItem } from './change-item.ts';
import { conditions } from './conditions.ts';
import type { Cosmos } from './open-cosmos.ts';

const rowSchema = z.object({
  why: z.enum(['declined', 'unclear', 'good', 'bad']),
  locale: z.enum(['sv', 'en']),
  text: z.string(),
  near: z.array(z.string()),
  count: z.number().int(),
  last: z.iso.date(),
});
const placeSchema = z.object({ id: z.string(), _etag: z.string() });

/** Longer than lessons are kept: what nobody has purged goes by itself. */
const TTL_SECONDS = 400 * 86_400;
const PAGE = 200;

/** Lessons in Cosmos DB, all in one partition: they are few, and are read in their order. */
export function cosmosLessons({ lessons: items, tenant }: Pick<Cosmos, 'lessons' | 'tenant'>): LessonStore {
  const pk = `${tenant}:lessons`;
  return {
    async keep({ why, locale, text, near }, day) {
      const id = createHash('sha256')
        .update(JSON.stringify([why, locale, text, near]))
        .digest('hex');
      await changeItem(items, pk, id, (before) => {
        const count = (before ? rowSchema.parse(before).count : 0) + 1;
        // An order by two fields would want an index of its own.
        const rank = `${String(count).padStart(12, '0')} ${day}`;
        return { put: { why, locale, text, near: [...near], count, last: day, rank, ttl: TTL_SECONDS } };
      });
    },
    async list(limit) {
      const ranked = conditions().is('pk', pk).select('*', { by: 'rank', isDescending: true });
      const found: unknown[] = [];
      for await (const rows of items.query(ranked, pk, Math.min(limit, PAGE))) {
        found.push(...rows);
        if (found.length >= limit) break;
      }
      return found.slice(0, limit).map((row) => rowSchema.parse(row));
    },
    async purge(before) {
      const old = conditions().is('pk', pk).compare('last', '<', before).select(['id', '_etag']);
      let removed = 0;
      for await (const rows of items.query(old, pk, PAGE))
        for (const row of rows) {
          const { id, _etag } = placeSchema.parse(row);
          if (await items.remove(pk, [{ remove: id, etag: _etag }])) removed += 1;
        }
      return removed;
    },
  };
}
