import type { Content } from '../../content/content.ts';
import type { LessonRow } from '../../conversation/lesson.ts';

const NO_PASSAGE = '';

/**
 * What was not understood, and what was thought of answers, for whoever keeps the examples: by the passage that came
 * nearest, the passage with most first, its rows by how often they came.
 */
export function reviewList(rows: readonly LessonRow[], content: Content): string {
  if (rows.length === 0)
    return 'Nothing to review: no question was declined or unclear, and no answer was rated.';
  const byPassage = Map.groupBy(rows, ({ near }) => near[0] ?? NO_PASSAGE);
  const sum = (group: readonly LessonRow[]) => group.reduce((total, { count }) => total + count, 0);
  return [...byPassage]
    .sort(([, one], [, other]) => sum(other) - sum(one))
    .map(([passage, group]) => [heading(passage, sum(group), content), ...group.map(line)].join('\n'))
    .join('\n\n');
}

function heading(passage: string, count: number, content: Content): string {
  const topic = content.passages.get(passage)?.topic.sv;
  return passage === NO_PASSAGE ? `no passage near · ${count}` : `${passage} · ${topic ?? ''} · ${count}`;
}

function line({ count, why, locale, text, last }: LessonRow): string {
  return `${String(count).padStart(5)} × ${why.padEnd(8)} ${locale}  ${text || '(no text)'}  (last ${last})`;
}
