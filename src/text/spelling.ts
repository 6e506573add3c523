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
        if (candidate && isOneSlip(word, candidate)) return candidate;
      }
      return word;
    },
  };
}

// Two words that meet when each loses a letter may still be two slips apart ("ifred", "hired").
function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length > short.length) return withoutOne(long).includes(short);
  const wrong = Array.from(one, (_, index) => index).filter((index) => one[index] !== other[index]);
  const [first = 0, second = 0] = wrong;
  const isSwap =
    wrong.length === 2 &&
    second === first + 1 &&
    one[first] === other[second] &&
    one[second] === other[first];
  return wrong.length === 1 || isSwap;
}

function withoutOne(word: string): string[] {
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
}
