const SHORTEST = 5;

/** Finds the known word that a mistyped one was meant to be. */
export interface Spelling {
  /** The word itself where it is known or nothing known is one slip away from it. */
  correct(word: string): string;
}

/**
 * Spelling against a list of known words, most frequent first: one letter too many, too few, wrong, or two swapped.
 * Both sides are reduced by one letter and met in the middle (the idea of Garbe's SymSpell), so that a look-up costs
 * as many steps as the word has letters, however long the list.
 */
export function spellingOf(known: readonly string[]): Spelling {
  const all = new Set(known);
  const byReduced = new Map<string, string>();
  for (const word of known) {
    if (word.length < SHORTEST) continue;
    for (const form of [word, ...withoutOne(word)]) if (!byReduced.has(form)) byReduced.set(form, word);
  }
  return {
    correct(word) {
      if (word.length < SHORTEST || all.has(word) || /\d/.test(word)) return word;
      for (const form of [word, ...withoutOne(word)]) {
        const candidate = byReduced.get(form);
        if (candidate && Math.abs(candidate.length - word.length) <= 1) return candidate;
      }
      return word;
    },
  };
}

function withoutOne(word: string): string[] {
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
}
