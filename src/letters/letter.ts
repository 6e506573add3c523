import type { Locale } from '../text/words.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';

/** A letter as it is sent: the same words as plain text and as HTML. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

/** One part of a letter. Every value is plain text; what a person wrote is escaped where it becomes HTML. */
export type Part =
  | { is: 'paragraph'; text: string }
  /** What somebody wrote, with its line breaks. */
  | { is: 'words'; lead: string; text: string }
  | { is: 'facts'; lead?: string; facts: readonly Fact[] }
  | { is: 'list'; lead: string; items: readonly string[] }
  | { is: 'code'; code: string }
  /** A text that ends in an address. */
  | { is: 'link'; text: string; url: string }
  /** The notice's own words, which are Swedish whatever the letter's language. */
  | { is: 'quote'; text: string };

/** A name and its value. */
export interface Fact {
  name: string;
  value: string;
}

/** Where a letter's links point to. */
export interface Addresses {
  /** The page where a request is found by its number and e-mail address. */
  find: string;
  /** The address of a passage in the notice. */
  passage(id: string): string;
}

/** A letter of parts. */
export function writeLetter(subject: string, parts: readonly Part[], locale: Locale): Letter {
  return { subject, text: letterText(subject, parts), html: letterHtml(subject, parts, locale) };
}
