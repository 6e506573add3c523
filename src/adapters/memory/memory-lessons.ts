import type { LessonRow, LessonStore } from '../../conversation/lesson.ts';

/** Lessons, in memory. */
export function memoryLessons(): LessonStore {
  const rows = new Map<string, LessonRow>();
  return {
    async keep({ why, locale, text, near }, day) {
      const key = JSON.stringify([why, locale, text, near]);
      const count = (rows.get(key)?.count ?? 0) + 1;
      rows.set(key, { why, locale, text, near: [...near], count, last: day });
    },
    async list(limit) {
      return [...rows.values()]
        .sort((one, other) => other.count - one.count || other.last.localeCompare(one.last))
        .slice(0, limit);
    },
    async purge(before) {
      const old = [...rows].filter(([, row]) => row.last < before);
      for (const [key] of old) rows.delete(key);
      return old.length;
    },
  };
}
