import distance from 'natural/lib/natural/distance/levenshtein_distance.js';
import { fold } from './words.ts';

/**
 * A word as it sounds, roughly: its consonants, those that share a sound written alike, and whether it begins with a
 * vowel. "Radera", "raddera" and
 * "radara" are one.
 */
export function sound(word: string): string {
  const alike = fold(word)
    .replace(/ph/g, 'f')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/[cq]/g, 'k')
    .replace(/z/g, 's')
    .replace(/x/g, 'ks')
    .replace(/w/g, 'v');
  const start = /^[aeiouy]/.test(alike) ? 'a' : '';
  return start + alike.replace(/[aeiouy]+/g, '').replace(/(.)\1+/g, '$1');
}

/** Shorter sounds are those of too many words. */
const SHORTEST = 3;
/** A word that is written further from it than this is another word. */
const FURTHEST = 2;
const MOST_KNOWN = 20_000;

/** Finds the words, of those given, that sound like one and are written nearest to it; none where none is near. */
export function wordsBySound(given: Iterable<string>): (word: string) => readonly string[] {
  const bySound = new Map<string, string[]>();
  for (const word of given) {
    const key = sound(word);
    if (key.length >= SHORTEST) bySound.set(key, [...(bySound.get(key) ?? []), word]);
  }
  // Measuring is slow and words come back all the time; the cache is emptied before it grows large.
  const known = new Map<string, readonly string[]>();
  return (word) => {
    let found = known.get(word);
    if (!found) {
      if (known.size >= MOST_KNOWN) known.clear();
      const far = (bySound.get(sound(word)) ?? []).map(
        (like) => [distance.LevenshteinDistance(word, like), like] as const,
      );
      const nearest = Math.min(FURTHEST, ...far.map(([steps]) => steps));
      found = far.filter(([steps]) => steps <= nearest).map(([, like]) => like);
      known.set(word, found);
    }
    return found;
  };
}
