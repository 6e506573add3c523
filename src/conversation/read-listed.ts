import type { Content } from '../content/content.ts';
import { findSpans, holdsPhrase, type Span } from '../text/phrases.ts';
import { sentences, words } from '../text/words.ts';
import { isOfAnother } from './another-person.ts';
import { wordList } from './word-lists.ts';

type List = 'relation' | 'channel';

/** A phrase of a list, and what it tells. */
interface Listed {
  value: string;
  phrase: string;
}

/**
 * The value whose list holds the longest phrase of the text: "inhyrd personal" tells a client, although "inhyrd" by
 * itself tells a consultant. Of phrases of as many words, that of the first list counts.
 */
export function readListed(text: string, content: Content, list: List): string | undefined {
  // An address is no sentence about oneself: "jobb@example.se" is nobody's application.
  const rows = sentences(text.replace(/\S+@\S+/g, ' ')).map((sentence) => words(sentence));
  return phrasesOf(content, list).find(({ phrase }) =>
    rows.some((row) => findSpans(row, phrase).some((span) => isOfThem(row, span, phrase, content))),
  )?.value;
}

// "aldrig anställd", "jobbar inte hos er" and "min dotter är kandidat" say nothing of what the person is.
function isOfThem(row: readonly string[], { from, to }: Span, phrase: string, content: Content): boolean {
  const said = words(phrase);
  if (said.length === 1 && isNamed(row, from, content)) return false;
  const near = row.slice(Math.max(0, from - 2), from);
  const between = row.slice(from, to).filter((word) => !said.includes(word));
  const isDenied =
    holdsPhrase(near, wordList(content, 'never').phrases) ||
    holdsPhrase(between, wordList(content, 'not_wanted').phrases);
  return !isDenied && !isOfAnother(row.slice(0, from), content);
}

// A noun by itself is often somebody else: "er konsult", "which employee"; not so in "jag är en kandidat".
function isNamed(row: readonly string[], at: number, content: Content): boolean {
  const [last = '', before = ''] = [row[at - 1], row[at - 2]];
  const isWhose = wordList(content, 'whose').phrases.includes(last);
  return isWhose && !wordList(content, 'as_one').phrases.includes(before);
}

const known = new WeakMap<Content, Partial<Record<List, readonly Listed[]>>>();

/** The phrases of both languages, longest first; made once, because every message is held against them. */
function phrasesOf(content: Content, list: List): readonly Listed[] {
  const lists = known.get(content) ?? {};
  known.set(content, lists);
  lists[list] ??= listed(content, list);
  return lists[list];
}

function listed(content: Content, list: List): Listed[] {
  const values = Object.keys(content.words.sv[list]);
  return values
    .flatMap((value) =>
      [content.words.sv, content.words.en].flatMap((spoken) =>
        (spoken[list][value] ?? []).flatMap((phrase) =>
          spelt(phrase, spoken.word_class).map((each) => ({ value, phrase: each })),
        ),
      ),
    )
    .sort((one, other) => words(other.phrase).length - words(one.phrase).length);
}

/** A phrase with every class in it put as each of the class's words. */
function spelt(phrase: string, classes: Readonly<Record<string, readonly string[]>>): string[] {
  const [named, name = ''] = /<([a-z_]+)>/.exec(phrase) ?? [];
  if (!named) return [phrase];
  return (classes[name] ?? []).flatMap((word) => spelt(phrase.replace(named, word), classes));
}
