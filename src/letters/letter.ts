import type { Links } from '../conversation/render.ts';
import type { Locale } from '../text/words.ts';
import type { Ticket } from '../tickets/ticket.ts';
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

/** Where a letter leads to, in its language. */
export interface Addresses extends Pick<Links, 'find' | 'passage'> {
  /** The address where somebody makes a new request. */
  begin(locale: Locale): string;
  /** The e-mail address that answers to letters go to; null: the one that the notice names. */
  answers: string | null;
}

/** One step in a ticket's history. */
export type HistoryStep = Ticket['history'][number];

/** A letter of parts. */
export function writeLetter(subject: string, parts: readonly Part[], locale: Locale): Letter {
  return { subject, text: letterText(subject, parts), html: letterHtml(subject, parts, locale) };
}
