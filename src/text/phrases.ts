import { words } from './words.ts';

/** A phrase is whole words in a row; a word ending in `*` matches any word that begins with it. */
export function holdsPhrase(text: string | readonly string[], phrases: readonly string[]): boolean {
  const tokens = typeof text === 'string' ? words(text) : text;
  return phrases.some((phrase) => findPhrase(tokens, phrase) >= 0);
}

/** Where a phrase begins in the words, or -1. */
export function findPhrase(tokens: readonly string[], phrase: string): number {
  const parts = patternOf(phrase);
  if (parts.length === 0) return -1;
  for (let start = 0; start + parts.length <= tokens.length; start += 1)
    if (parts.every((part, offset) => fits(tokens[start + offset] ?? '', part))) return start;
  return -1;
}

/** Whether the whole text is one of the phrases. */
export function isPhrase(text: string, phrases: readonly string[]): boolean {
  const tokens = words(text);
  return phrases.some((phrase) => {
    const parts = patternOf(phrase);
    return parts.length === tokens.length && parts.every((part, index) => fits(tokens[index] ?? '', part));
  });
}

const patterns = new Map<string, readonly string[]>();

function patternOf(phrase: string): readonly string[] {
  let parts = patterns.get(phrase);
  if (!parts) {
    parts = phrase
      .split(/\s+/)
      .map((part) => (part.endsWith('*') ? `${words(part)[0] ?? ''}*` : (words(part)[0] ?? part)));
    patterns.set(phrase, parts);
  }
  return parts;
}

function fits(token: string, part: string): boolean {
  return part.endsWith('*') ? token.startsWith(part.slice(0, -1)) : token === part;
}
