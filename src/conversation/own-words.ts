import type { Content } from '../content/content.ts';
import { normalise } from '../text/words.ts';
import { MASK, maskPersonalNumbers } from './personal-number.ts';

/** More than this is not read closely: nobody's wish takes a longer text, and a pasted archive must not stall the bot. */
const LONGEST = 2000;

/** What the person themselves said in a message. */
export interface OwnWords {
  text: string;
  /** A personal identity number was taken out. */
  masked: boolean;
  /** A pasted e-mail was left out. */
  pasted: boolean;
  /** The middle of a very long message was left out. */
  cut: boolean;
}

/** Masks personal identity numbers, leaves out a pasted e-mail and the middle of a very long text. */
export function ownWords(raw: string, content: Content): OwnWords {
  const { text, masked: isMasked } = maskPersonalNumbers(stripControls(raw));
  // A channel of our own masks before it keeps anything.
  const masked = isMasked || raw.includes(MASK);
  const own = leaveOutMail(text, content);
  const cut = own.text.length > LONGEST;
  const kept = cut ? `${own.text.slice(0, LONGEST / 2)}\n${own.text.slice(-LONGEST / 2)}` : own.text;
  return { text: kept.trim(), masked, pasted: own.pasted, cut };
}

// Invisible characters that would otherwise make two equal words differ.
function stripControls(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cf}]/gu, (character) =>
      character === '\n' ? '\n' : character === '\u200d' ? character : ' ',
    );
}

/**
 * A pasted e-mail is somebody else's text: its addresses are not the person's and its sentences not their wish.
 * It begins at two or more header lines and ends at a line of dashes, where the person goes on in their own words.
 */
function leaveOutMail(text: string, content: Content): { text: string; pasted: boolean } {
  // Two header lines are two lines at least.
  if (!text.includes('\n')) return { text, pasted: false };
  const lines = text.split('\n');
  const headers = [...content.words.sv.mail_headers, ...content.words.en.mail_headers];
  const isHeader = (line: string) =>
    headers.some((header) => normalise(line.replace(/^[>\s]+/, '')).startsWith(header));
  const begins = lines.findIndex(
    (line, index) => isHeader(line) && lines.slice(index + 1, index + 4).some(isHeader),
  );
  if (begins < 0) return { text, pasted: false };
  const isRule = (line: string) => /^\s*(?:[-_=*]\s?){3,}\s*$/.test(line);
  const rule = lines.findLastIndex((line, index) => index > begins && isRule(line));
  const before = lines.slice(0, begins).filter((line) => !isRule(line));
  const after = rule < 0 ? [] : lines.slice(rule + 1);
  return { text: [...before, ...after].join('\n').trim(), pasted: true };
}
