import { words } from './words.ts';

/** Where a phrase lies in a row of words: from its first word to behind its last. */
export interface Span {
  from: number;
  to: number;
}

/** Stands in a phrase for the words that people put in between: "säljer … till er". */
const GAP = '…';

/** As many words a gap may hold; with more, what stands around it seldom belongs together. */
const GAP_WORDS = 3;

/**
 * A phrase is whole words in a row; a word ending in `*` matches any word that begins with it, a word beginning with
 * `*` any that ends with it, and `…` stands for up to three words.
 */
export function holdsPhrase(text: string | readonly string[], phrases: readonly string[]): boolean {
  const tokens = typeof text === 'string' ? words(text) : text;
  return phrases.some((phrase) => findPhrase(tokens, phrase) >= 0);
}

/** Where a phrase begins in the words, or -1. */
export function findPhrase(tokens: readonly string[], phrase: string): number {
  return findSpans(tokens, phrase)[0]?.from ?? -1;
}

/** Every place where a phrase lies in the words, in order. */
export function findSpans(tokens: readonly string[], phrase: string): Span[] {
  const parts = patternOf(phrase);
  const [first, ...others] = parts;
  if (first === undefined) return [];
  const spans: Span[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    if (!fits(tokens[from] ?? '', first)) continue;
    const to = endOf(tokens, from + 1, others);
    if (to > 0) spans.push({ from, to });
  }
  return spans;
}

/** Whether the whole text is one of the phrases. */
export function isPhrase(text: string, phrases: readonly string[]): boolean {
  const tokens = words(text);
  return phrases.some((phrase) => {
    const parts = patternOf(phrase);
    return parts.length > 0 && endOf(tokens, 0, parts) === tokens.length;
  });
}

const patterns = new Map<string, readonly string[]>();

function patternOf(phrase: string): readonly string[] {
  let parts = patterns.get(phrase);
  if (!parts) {
    parts = phrase.split(/\s+/).flatMap((part) => {
      if (part === GAP) return [GAP];
      // "e-post*" is two words in a text, so it is two words in a phrase; a star stays at its end of them.
      const pieces = words(part);
      if (pieces.length === 0) return [part];
      const [open, close] = [part.startsWith('*') ? '*' : '', part.endsWith('*') ? '*' : ''];
      return pieces.map(
        (piece, at) => (at === 0 ? open : '') + piece + (at === pieces.length - 1 ? close : ''),
      );
    });
    patterns.set(phrase, parts);
  }
  return parts;
}

/** Behind the last word of the parts, read from a place in the words; 0 where they do not stand there. */
function endOf(tokens: readonly string[], from: number, parts: readonly string[]): number {
  const [part, ...others] = parts;
  if (part === undefined) return from;
  if (part === GAP) {
    for (let skipped = 0; skipped <= GAP_WORDS; skipped += 1) {
      const to = endOf(tokens, from + skipped, others);
      if (to > 0) return to;
    }
    return 0;
  }
  return fits(tokens[from] ?? '', part) ? endOf(tokens, from + 1, others) : 0;
}

function fits(token: string, part: string): boolean {
  if (part.endsWith('*')) return token.startsWith(part.slice(0, -1));
  return part.startsWith('*') ? token.endsWith(part.slice(1)) : token === part;
}
