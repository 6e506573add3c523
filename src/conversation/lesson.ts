import type { Content } from '../content/content.ts';
import { holdsPhrase } from '../text/phrases.ts';
import { fold, type Locale, words } from '../text/words.ts';
import { ticketNumbersIn } from '../tickets/ticket-number.ts';
import { maskPersonalNumbers } from './personal-number.ts';
import { readName } from './read-name.ts';
import { wordList } from './word-lists.ts';

/** What an editor can learn from a turn: masked, and kept without anything that leads back to the conversation. */
export interface Lesson {
  why: 'declined' | 'unclear' | 'good' | 'bad';
  locale: Locale;
  text: string;
  /** The passages that came nearest, best first. */
  near: readonly string[];
}

/** A lesson as it is kept: how often it came, and when last. */
export interface LessonRow extends Lesson {
  count: number;
  /** YYYY-MM-DD. */
  last: string;
}

/** Where lessons are kept. The same lesson is one row; a row that has not come again for long is purged. */
export interface LessonStore {
  /** `day`: YYYY-MM-DD. */
  keep(lesson: Lesson, day: string): Promise<void>;
  /** The most frequent first. */
  list(limit: number): Promise<LessonRow[]>;
  /** Removes what last came before a day; returns how many rows that were. */
  purge(before: string): Promise<number>;
}

/** What stands where something was masked. */
export const BLANK = '▢';

/** A text without what tells who somebody is or how to reach them: names, addresses, numbers. */
export function maskDetails(text: string, content: Content): string {
  let masked = maskPersonalNumbers(text).text.replace(/\[•••\]/g, BLANK);
  for (let name = readName(masked, content, false); name; name = readName(masked, content, false)) {
    const without = masked.replaceAll(name, BLANK);
    if (without === masked) break;
    masked = without;
  }
  if (ticketNumbersIn(masked).length > 0) masked = masked.replace(/\bSA[-–\s]?\w{4}[-–\s]?\w{4}\b/gi, BLANK);
  return masked
    .replace(/\S+@\S+/g, BLANK)
    .replace(/(?:https?:\/\/|www\.)\S+/gi, BLANK)
    .replace(/\+?\d[\d\s().-]{3,}\d/g, BLANK);
}

/**
 * A text as it may be kept for an editor: of its words only those that many people use. A rare word may be a name or a
 * place of work; so may any number. Where somebody speaks of themselves, words for what is sensitive (an illness, a
 * faith, a union: GDPR art. 9 and 10) go too, however common they are.
 */
export function maskForReview(text: string, content: Content, isCommon: (word: string) => boolean): string {
  const isOfSelf = holdsPhrase(text, wordList(content, 'self').phrases);
  const { sensitive } = content.decisions;
  const masked = maskDetails(text, content).replace(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu, (word) => {
    const plain = words(word)[0] ?? word;
    const concepts = content.thesaurus.get(fold(plain)) ?? [];
    const isSensitive = isOfSelf && concepts.some((concept) => sensitive.includes(concept));
    const isKnown = /^\p{L}+(?:['’]\p{L}+)*$/u.test(word) && isCommon(plain) && !isSensitive;
    return isKnown ? word : BLANK;
  });
  return masked
    .replace(new RegExp(`${BLANK}(?:[\\s-]*${BLANK})+`, 'g'), BLANK)
    .replace(/\s+/g, ' ')
    .trim();
}
