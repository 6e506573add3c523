import type { Thesaurus } from '../content/thesaurus.ts';
import { sound, wordsBySound } from '../text/sound.ts';
import { stem } from '../text/stem.ts';
import { fold, type Locale, words } from '../text/words.ts';

const MAX_WORDS = 200;
const GRAM_SIZE = 4;

/** The counted features of a text, as 32-bit hashes, in groups that are scaled to unit length each by itself. */
export interface Features {
  /** Words, their sounds, stems, pairs of stems, how it begins and ends, and whether it asks. */
  words: Map<number, number>;
  /** Character 4-grams inside words: they carry compounds, endings and typing faults. */
  characters: Map<number, number>;
  /** Concepts of the thesaurus and pairs of them: what two languages, or two words for a thing, have in common. */
  concepts: Map<number, number>;
  /** The hash of every word, in order: how many are not known is a feature too. */
  tokens: number[];
}

/** What a feature is: two kinds with the same letters are two features. */
const WORD = 1;
const STEM = 2;
const PAIR = 3;
const START = 4;
const ASKS = 5;
const GRAM = 6;
const CONCEPT = 7;
const SOUND = 8;

/** Reads the features of a text. */
export type FeatureReader = (text: string, locale: Locale) => Features;

/** The feature reader of a thesaurus. It `hears`: a word counts by its sound too, because people write what they hear. */
export function featuresWith(thesaurus: Thesaurus, hears = true): FeatureReader {
  const likeIt = wordsBySound(hears ? thesaurus.keys() : []);
  const conceptsOf = (word: string) =>
    thesaurus.get(word) ?? [...new Set(likeIt(word).flatMap((like) => thesaurus.get(like) ?? []))];
  return (text, locale) => features(text, locale, conceptsOf, hears ? sound : null);
}

// All are folded, because people leave out the dots of å, ä and ö.
function features(
  text: string,
  locale: Locale,
  conceptsOf: (word: string) => readonly string[],
  soundOf: ((word: string) => string) | null,
): Features {
  const found: Features = { words: new Map(), characters: new Map(), concepts: new Map(), tokens: [] };
  const tokens = words(mask(text)).slice(0, MAX_WORDS);
  const plain = tokens.map(fold);
  const stems = tokens.map((word) => foldedStem(word, locale));
  if (tokens.length > 0) {
    count(found.words, hash(stems.slice(0, 2).join(' '), START));
    count(found.words, hash(`${stems.at(-1)} $`, PAIR));
  }
  if (text.includes('?')) count(found.words, ASKS);
  let before = '';
  for (const [index, word] of plain.entries()) {
    for (const concept of conceptsOf(word)) {
      count(found.concepts, hash(concept, CONCEPT));
      if (before) count(found.concepts, hash(`${before} ${concept}`, CONCEPT));
      before = concept;
    }
    const token = hash(word, WORD);
    found.tokens.push(token);
    count(found.words, token);
    if (soundOf) count(found.words, hash(soundOf(word), SOUND));
    count(found.words, hash(stems[index] ?? '', STEM));
    count(found.words, hash(`${stems[index - 1] ?? '^'} ${stems[index]}`, PAIR));
    const edged = `_${word}_`;
    for (let start = 0; start + GRAM_SIZE <= edged.length; start += 1)
      count(found.characters, hashRange(edged, start, start + GRAM_SIZE, GRAM));
  }
  return found;
}

// Addresses, links and numbers say that there is one, not which.
function mask(text: string): string {
  return text
    .replace(/\S+@\S+\.\S+/g, ' mailaddress ')
    .replace(/https?:\/\/\S+/gi, ' weblink ')
    .replace(/\+?\d[\d\s-]{5,}\d/g, ' longnumber ');
}

// Stemming is the slowest step and words come back all the time; the cache is emptied before it grows large.
const stems: Record<Locale, Map<string, string>> = { sv: new Map(), en: new Map() };
const MOST_STEMS = 50_000;

function foldedStem(word: string, locale: Locale): string {
  const known = stems[locale];
  let found = known.get(word);
  if (found === undefined) {
    if (known.size >= MOST_STEMS) known.clear();
    found = fold(stem(word, locale));
    known.set(word, found);
  }
  return found;
}

function count(counts: Map<number, number>, feature: number): void {
  counts.set(feature, (counts.get(feature) ?? 0) + 1);
}

function hash(text: string, kind: number): number {
  return hashRange(text, 0, text.length, kind);
}

/** FNV-1a over UTF-16 units, begun with the kind and stirred at the end; 32 bits. */
function hashRange(text: string, from: number, to: number, kind: number): number {
  let state = 0x811c9dc5 ^ Math.imul(kind, 0x9e3779b1);
  for (let at = from; at < to; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return (state ^ (state >>> 12)) >>> 0;
}
