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
  return eachSpan(tokens, phrases, 0, tokens.length, () => true);
}

/** Every place where one of the phrases lies in the words, in order; the longer first where two begin together. */
export function findSpans(tokens: readonly string[], phrases: readonly string[]): Span[] {
  const spans: Span[] = [];
  eachSpan(tokens, phrases, 0, tokens.length, (from, to) => {
    spans.push({ from, to });
    return false;
  });
  return spans.sort((one, other) => one.from - other.from || other.to - one.to);
}

/** Whether the words begin with one of the phrases. */
export function beginsWithPhrase(tokens: readonly string[], phrases: readonly string[]): boolean {
  return eachSpan(tokens, phrases, 0, 1, () => true);
}

/** Whether the whole text is one of the phrases. */
export function isPhrase(text: string | readonly string[], phrases: readonly string[]): boolean {
  const tokens = typeof text === 'string' ? words(text) : text;
  return eachSpan(tokens, phrases, 0, 1, (_, to) => to === tokens.length);
}

/** A list of phrases by how they begin: most words begin none, and then there is nothing to compare. */
interface PhraseIndex {
  byFirst: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Those whose first word matches more than itself. */
  loose: readonly (readonly string[])[];
}

const indexes = new WeakMap<readonly string[], PhraseIndex>();

function indexOf(phrases: readonly string[]): PhraseIndex {
  let index = indexes.get(phrases);
  if (!index) {
    const byFirst = new Map<string, (readonly string[])[]>();
    const loose: (readonly string[])[] = [];
    for (const parts of phrases.map(patternOf)) {
      const [first] = parts;
      if (first === undefined) continue;
      if (first === GAP || first.startsWith('*') || first.endsWith('*')) loose.push(parts);
      else byFirst.set(first, [...(byFirst.get(first) ?? []), parts]);
    }
    index = { byFirst, loose };
    indexes.set(phrases, index);
  }
  return index;
}

// Goes through the places where a phrase begins at `from` or later, before `until`; stops where `take` says so.
function eachSpan(
  given: readonly string[],
  phrases: readonly string[],
  from: number,
  until: number,
  take: (from: number, to: number) => boolean,
): boolean {
  const { byFirst, loose } = indexOf(phrases);
  const tokens = given.some((token) => token.includes("'")) ? given.map(plain) : given;
  for (let at = from; at < Math.min(until, tokens.length); at += 1) {
    for (const parts of byFirst.get(tokens[at] ?? '') ?? none) {
      const to = endOf(tokens, at, parts, 0);
      if (to > 0 && take(at, to)) return true;
    }
    for (const parts of loose) {
      const to = endOf(tokens, at, parts, 0);
      if (to > 0 && take(at, to)) return true;
    }
  }
  return false;
}

// People write "how's" and "hows": in a phrase they are one.
function plain(word: string): string {
  return word.replaceAll("'", '');
}

const none: readonly (readonly string[])[] = [];

const patterns = new Map<string, readonly string[]>();

function patternOf(phrase: string): readonly string[] {
  let parts = patterns.get(phrase);
  if (!parts) {
    parts = phrase.split(/\s+/).flatMap((part) => {
      if (part === GAP) return [GAP];
      // "e-post*" is two words in a text, so it is two words in a phrase; a star stays at its end of them.
      const pieces = words(part).map(plain);
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

/** Behind the last word of the parts from `part` on, read from a place in the words; 0 where they do not stand there. */
function endOf(tokens: readonly string[], from: number, parts: readonly string[], part: number): number {
  const word = parts[part];
  if (word === undefined) return from;
  if (word === GAP) {
    for (let skipped = 0; skipped <= GAP_WORDS; skipped += 1) {
      const to = endOf(tokens, from + skipped, parts, part + 1);
      if (to > 0) return to;
    }
    return 0;
  }
  return fits(tokens[from] ?? '', word) ? endOf(tokens, from + 1, parts, part + 1) : 0;
}

function fits(token: string, part: string): boolean {
  if (part.endsWith('*')) return token.startsWith(part.slice(0, -1));
  return part.startsWith('*') ? token.endsWith(part.slice(1)) : token === part;
}
