import type { Spelling } from '../text/spelling.ts';
import { stem } from '../text/stem.ts';
import { fold, type Locale, words } from '../text/words.ts';

const MAX_WORDS = 200;

/**
 * The features of a text with their counts: words, stems, pairs of stems, and character n-grams (2–5) inside words.
 * Character n-grams carry compounds, endings and typing faults; all are folded, because people leave out the dots.
 * With `spelling`, words that are not known are first taken for the known word one slip away.
 */
export function features(text: string, locale: Locale, spelling?: Spelling): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const typed = words(mask(text)).slice(0, MAX_WORDS);
  const tokens = spelling ? typed.map((word) => spelling.correct(fold(word))) : typed;
  const stems = tokens.map((word) => fold(stem(word, locale)));
  // How it begins, and whether it asks: a wish and a question differ in little else.
  if (tokens.length > 0) add(`f ${stems.slice(0, 2).join(' ')}`);
  if (text.includes('?')) add('p ?');
  for (const [index, word] of tokens.entries()) {
    const plain = fold(word);
    add(`w ${plain}`);
    add(`s ${stems[index]}`);
    add(`b ${stems[index - 1] ?? '^'} ${stems[index]}`);
    const edged = `_${plain}_`;
    for (let size = 2; size <= 5; size += 1)
      for (let start = 0; start + size <= edged.length; start += 1)
        add(`c ${edged.slice(start, start + size)}`);
  }
  return counts;
}

// Addresses, links and numbers say that there is one, not which.
function mask(text: string): string {
  return text
    .replace(/\S+@\S+\.\S+/g, ' mailaddress ')
    .replace(/https?:\/\/\S+/gi, ' weblink ')
    .replace(/\+?\d[\d\s-]{5,}\d/g, ' longnumber ');
}
