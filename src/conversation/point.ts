import type { Content } from '../content/content.ts';
import { beginsWithPhrase, isPhrase } from '../text/phrases.ts';
import { words } from '../text/words.ts';
import { isQuestion } from './controls.ts';
import { readSlots } from './read-slots.ts';

/** As long as an opening word with its comma may be, in letters. */
const LONGEST_OPENING = 20;
/** Fewer words than this behind it are no point of their own. */
const SHORTEST_POINT = 2;

/** A message without the greeting or the interjection it opens with: "vänta, måste jag visa legitimation?" */
export function pointOf(text: string, content: Content): string {
  const [whole = '', opening = ''] =
    new RegExp(`^([^,.!?\\n]{1,${LONGEST_OPENING}})[,.!?\\n]+\\s*`).exec(text) ?? [];
  const opens = [content.words.sv, content.words.en].some(
    (list) => beginsWithPhrase(words(opening), list.greeting) || isPhrase(opening, list.interjection),
  );
  const rest = text.slice(whole.length);
  return opens && words(rest).length >= SHORTEST_POINT ? rest : text;
}

/** No more words than this beside name, address and number, and a sentence only says who somebody is. */
const LONGEST_CUE = 4;

/**
 * A question without the sentences before it that only say who asks: "Jag heter Anna, anna@example.se. Vem ser mitt
 * cv?" A wish is left whole: who it is for belongs to it.
 */
export function withoutIntroduction(text: string, content: Content): string {
  if (!text.includes('@') && !/\d{5}/.test(text.replace(/[\s-]/g, ''))) return text;
  const sentences = text.split(/(?<=[!?]|\.(?=\s))\s+|\n+/);
  const rest = sentences.filter((sentence) => !isIntroduction(sentence, content));
  const isAsked = rest.every((sentence) => isQuestion(sentence, content));
  return rest.length > 0 && isAsked ? rest.join(' ') : text;
}

/**
 * A message without the parts that are nothing but name, address and number: "radera allt, Lisa Ek, lisa@example.se" is
 * a wish, and whose it is changes nothing of what it means.
 */
export function withoutContact(text: string, content: Content): string {
  if (!text.includes('@') && !/\d{5}/.test(text.replace(/[\s-]/g, ''))) return text;
  const parts = text.split(/(?<=[,;])\s+|\n+/);
  const rest = parts.filter((part) => !isContact(part, content));
  return rest.length > 0 && rest.length < parts.length ? rest.join(' ') : text;
}

function isContact(part: string, content: Content): boolean {
  const { email, phone, name } = readSlots(part, content).slots;
  if (email === undefined && phone === undefined && name === undefined) return false;
  const beside = part.replace(/\S+@\S+|\+?\d[\d\s-]{4,}\d/g, ' ').replace(name ?? '', ' ');
  return words(beside).length === 0;
}

function isIntroduction(sentence: string, content: Content): boolean {
  if (sentence.trim().endsWith('?')) return false;
  const { email, phone, name } = readSlots(sentence, content).slots;
  if (email === undefined && phone === undefined) return false;
  const beside = sentence.replace(/\S+@\S+|\+?\d[\d\s-]{4,}\d/g, ' ').replace(name ?? '', ' ');
  return words(beside).length <= LONGEST_CUE;
}
