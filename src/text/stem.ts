import english from 'natural/lib/natural/stemmers/porter_stemmer.js';
import swedish from 'natural/lib/natural/stemmers/porter_stemmer_sv.js';
import type { Locale } from './words.ts';

const stemmers = { sv: swedish, en: english };

/** The stem of one normalised word. */
export function stem(word: string, locale: Locale): string {
  return stemmers[locale].stem(word);
}
