import countries from 'i18n-iso-countries';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import swedish from 'i18n-iso-countries/langs/sv.json' with { type: 'json' };
import type { Content } from '../content/content.ts';
import { findSpans, holdsPhrase } from '../text/phrases.ts';
import { type Locale, sentences, words } from '../text/words.ts';
import { isOfAnother } from './another-person.ts';
import { type ListName, wordList } from './word-lists.ts';

countries.registerLocale(swedish);
countries.registerLocale(english);

const locales: readonly Locale[] = ['sv', 'en'];

/** As many words may stand between "jag bor i" and the country: "i Lund i Sverige". */
const REACH = 6;

/** As many between "numera" and the country: "numera i Norge". */
const NEAR = 3;

/** The country's name in a language, from its ISO code; an unknown code comes back as it is. */
export function countryName(code: string, locale: Locale): string {
  return countries.getName(code, locale) ?? code;
}

/** The ISO code of the country a person lives in, where the text tells it. A country that is only named is none. */
export function readCountry(text: string, content: Content, isFilling: boolean): string | undefined {
  const cues = (name: ListName) => wordList(content, name).phrases;
  const rows = sentences(text.replace(/\S+@\S+/g, ',')).map((sentence) => words(sentence));
  const told = (name: ListName, reach: number) => {
    for (const row of rows)
      for (const { from, to } of findSpans(row, cues(name))) {
        const before = row.slice(0, from);
        // "I used to live in Brazil" tells where the person no longer is, "min vän bor i" where another is.
        // "Er databas påstår att jag bor i Finland" is to be corrected.
        const isPast = holdsPhrase(before.slice(-2), cues('once'));
        const isClaimed = holdsPhrase(before.slice(-4), cues('claimed'));
        if (isPast || isClaimed || isOfAnother(before, content)) continue;
        const code = codeAfter(row, from, to, reach, content);
        if (code) return code;
      }
    return undefined;
  };
  return (
    told('now_in', NEAR) ??
    told('live_in', REACH) ??
    codeBefore(rows, content) ??
    codeAlone(text, content, isFilling)
  );
}

/** The code of a country by one of its names in either language. */
export function codeOf(name: string, content: Content): string | undefined {
  if (codes.size === 0) {
    for (const locale of locales) {
      for (const [code, names] of Object.entries(countries.getNames(locale, { select: 'all' })))
        for (const each of names) codes.set(words(each).join(' '), code);
      for (const [code, names] of Object.entries(content.words[locale].countries))
        for (const each of names) codes.set(words(each).join(' '), code);
    }
  }
  return codes.get(words(name).join(' '));
}

const codes = new Map<string, string>();

// Any country in the words that follow the cue, up to a word that turns to something else: "bor i Lund men …".
function codeAfter(
  row: readonly string[],
  cue: number,
  from: number,
  reach: number,
  content: Content,
): string | undefined {
  const turns = wordList(content, 'turn').phrases;
  const denials = wordList(content, 'never').phrases;
  if (holdsPhrase(row.slice(cue, from), denials)) return undefined;
  for (let start = from; start < Math.min(row.length, from + reach); start += 1) {
    for (let size = 4; size >= 1; size -= 1) {
      const code = codeOf(row.slice(start, start + size).join(' '), content);
      if (code) return code;
    }
    const word = row[start] ?? '';
    if (turns.includes(word) || denials.includes(word)) return undefined;
  }
  return undefined;
}

// "Polen, där jag bor": the cue stands behind.
function codeBefore(rows: readonly string[][], content: Content): string | undefined {
  for (const row of rows)
    for (const { from } of findSpans(row, wordList(content, 'live_there').phrases))
      for (let size = Math.min(4, from); size >= 1; size -= 1) {
        const code = codeOf(row.slice(from - size, from).join(' '), content);
        if (code) return code;
      }
  return undefined;
}

// A country between commas or by itself. Of "Åland, Finland", as of every address, the last part is the country.
function codeAlone(text: string, content: Content, isFilling: boolean): string | undefined {
  const edges = new Set(wordList(content, 'country_edge').phrases);
  let found: string | undefined;
  // "Irland?" by itself asks about a country, unless it answers the question for one.
  const said = isFilling ? text : text.replace(/[^,;:/|\n().!?–]+\?/g, ' ');
  for (const segment of segmentsOf(said)) {
    const upper = segment.toUpperCase();
    const isCode = isFilling && /^[A-Z]{2}$/.test(upper) && text.includes(upper) && countries.isValid(upper);
    const code = codeOf(trimmed(words(segment), edges), content) ?? (isCode ? upper : undefined);
    if (!code && found) return found;
    found = code ?? found;
  }
  return found;
}

function trimmed(row: string[], edges: ReadonlySet<string>): string {
  let [from, to] = [0, row.length];
  while (from < to - 1 && edges.has(row[from] ?? '')) from += 1;
  while (to > from + 1 && edges.has(row[to - 1] ?? '')) to -= 1;
  return row.slice(from, to).join(' ');
}

// The parts between commas, sentence ends, addresses and numbers, where people put a country by itself.
function segmentsOf(text: string): string[] {
  return text
    .replace(/\S+@\S+|\[•••\]|\+?\d[\d\s-]{4,}/g, ',')
    .split(/[,;:/|\n()]|[.!?](?:\s|$)|\s[-–—]\s/u)
    .map((segment) => segment.trim())
    .filter((segment) => segment.length > 0 && segment.length <= 60);
}
