import type { Content } from '../content/content.ts';
import { findSpans } from '../text/phrases.ts';
import { wordList } from './word-lists.ts';

/**
 * Whether what follows these words is said of somebody else: "min vän Amir" bor i Turkiet. Where the person names
 * themselves after the other, it is said of them again: "min chef sa att jag" bor i Norge.
 */
export function isOfAnother(before: readonly string[], content: Content): boolean {
  const last = (phrases: readonly string[]) =>
    Math.max(-1, ...findSpans(before, phrases).map(({ to }) => to));
  const other = last(wordList(content, 'other_person').phrases);
  return other > 0 && other > last(wordList(content, 'self').phrases);
}
