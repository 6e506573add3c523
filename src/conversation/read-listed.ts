import type { Content } from '../content/content.ts';
import { findSpans, holdsPhrase, type Span, weightOf } from '../text/phrases.ts';
import { sentences, words } from '../text/words.ts';
import { isOfAnother } from './another-person.ts';

/**
 * The value whose list holds the longest phrase of the text: "inhyrd personal" tells a client, although "inhyrd" by
 * itself tells a consultant. Of phrases as long as each other, that of the first list counts.
 */
export function readListed(
  text: string,
  content: Content,
  list: 'relation' | 'channel',
): string | undefined {
  let best: { value: string; weight: number } | undefined;
  // An address is no sentence about oneself: "jobb@example.se" is nobody's application.
  for (const sentence of sentences(text.replace(/\S+@\S+/g, ' '))) {
    const tokens = words(sentence);
    for (const { [list]: lists } of [content.words.sv, content.words.en])
      for (const [value, phrases] of Object.entries(lists))
        for (const phrase of phrases) {
          const weight = weightOf(phrase);
          if (best && weight <= best.weight) continue;
          const isSaid = findSpans(tokens, phrase).some((span) => isOfThem(tokens, span, phrase, content));
          if (isSaid) best = { value, weight };
        }
  }
  return best?.value;
}

// "aldrig anställd", "jobbar inte hos er" and "min dotter är kandidat" say nothing of what the person is.
function isOfThem(tokens: readonly string[], { from, to }: Span, phrase: string, content: Content): boolean {
  const lists = [content.words.sv, content.words.en];
  const near = tokens.slice(Math.max(0, from - 2), from);
  const inside = tokens.slice(from, to).filter((word) => !words(phrase).includes(word));
  const isDenied =
    lists.some((list) => holdsPhrase(near, list.never)) ||
    lists.some((list) => holdsPhrase(inside, list.not_wanted));
  return !isDenied && !isOfAnother(tokens.slice(0, from), content);
}
