import countries from 'i18n-iso-countries';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import swedish from 'i18n-iso-countries/langs/sv.json' with { type: 'json' };
import { findPhoneNumbersInText } from 'libphonenumber-js';
import { z } from 'zod';
import type { Content } from '../content/content.ts';
import { findPhrase, holdsPhrase } from '../text/phrases.ts';
import { fold, type Locale, normalise, words } from '../text/words.ts';

countries.registerLocale(swedish);
countries.registerLocale(english);

/** Slots found in a text, and what in it looked like a slot but is not valid. */
export interface SlotsRead {
  slots: Record<string, string>;
  /** Slots whose value was tried and refused, such as an address without a domain. */
  refused: string[];
}

const locales: readonly Locale[] = ['sv', 'en'];
const address = z.email();

/**
 * Reads slot values out of what a person wrote. `asksFor` is the slot just asked for: a bare answer counts for it.
 * Numbers and addresses are found by the libraries made for them; names are what is written like a name.
 */
export function readSlots(
  text: string,
  content: Content,
  asksFor: string | null,
  isBare: boolean,
): SlotsRead {
  const slots: Record<string, string> = {};
  const refused: string[] = [];
  const email = readEmail(text);
  if (email.value) slots.email = email.value;
  else if (email.tried || (asksFor === 'email' && isBare && /\S@|@\S|\bat\b.*\bdot\b/i.test(text)))
    refused.push('email');
  const phone = findPhoneNumbersInText(text, 'SE').find((found) => found.number.isValid());
  if (phone) slots.phone = phone.number.number;
  else if (asksFor === 'phone' && isBare && /\d{4}/.test(text)) refused.push('phone');
  const country = readCountry(text, content, asksFor !== null);
  if (country) slots.country = country;
  const brand = readBrand(text, content);
  if (brand) slots.brand = brand;
  const relation = readListed(text, content, 'relation');
  if (relation) slots.relation = relation;
  const channel = readListed(text, content, 'channel');
  if (channel && asksFor === 'channel') slots.channel = channel;
  const name = readName(text, content, asksFor === 'name' && isBare);
  if (name) slots.name = name;
  return { slots, refused };
}

/** The country's name in a language, from its ISO code; an unknown code comes back as it is. */
export function countryName(code: string, locale: Locale): string {
  return countries.getName(code, locale) ?? code;
}

function readEmail(text: string): { value?: string; tried: boolean } {
  // The last valid one: in "not a@example.se but b@example.se" the person ends with the right one.
  const tries = (text.match(/[^\s<>(),;:"']+@[^\s<>(),;:"']*/g) ?? []).map((found) =>
    found.replace(/[.!?]+$/, ''),
  );
  const value = tries.filter((found) => address.safeParse(found).success).at(-1);
  return value ? { value: value.toLowerCase(), tried: true } : { tried: tries.length > 0 };
}

function readCountry(text: string, content: Content, isFilling: boolean): string | undefined {
  const segments = segmentsOf(text, false).map((segment) => normalise(segment));
  for (const segment of segments) {
    const code = codeOf(segment, content);
    if (code) return code;
    if (
      isFilling &&
      /^[A-Z]{2}$/.test(segment.toUpperCase()) &&
      text.includes(segment.toUpperCase()) &&
      countries.isValid(segment.toUpperCase())
    )
      return segment.toUpperCase();
  }
  const tokens = words(text);
  for (const locale of locales) {
    for (const cue of content.words[locale].live_in) {
      const at = findPhrase(tokens, cue);
      if (at < 0) continue;
      const after = tokens.slice(at + cue.split(' ').length);
      // "jag bor i Lund i Sverige": any country in the words that follow.
      for (let start = 0; start < Math.min(after.length, 6); start += 1)
        for (let size = 4; size >= 1; size -= 1) {
          const code = codeOf(after.slice(start, start + size).join(' '), content);
          if (code) return code;
        }
    }
  }
  return undefined;
}

const codes = new Map<string, string>();

function codeOf(name: string, content: Content): string | undefined {
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

function readBrand(text: string, content: Content): string | undefined {
  const tokens = words(text);
  return content.brands.find((brand) =>
    [brand.name, ...brand.aliases].some((alias) => findPhrase(tokens, words(alias).join(' ')) >= 0),
  )?.name;
}

function readListed(text: string, content: Content, list: 'relation' | 'channel'): string | undefined {
  const tokens = words(text);
  for (const locale of locales)
    for (const [value, phrases] of Object.entries(content.words[locale][list]))
      if (holdsPhrase(tokens, phrases)) return value;
  return undefined;
}

const NAME_WORD = String.raw`\p{Lu}[\p{L}'’-]*\p{L}|\p{Lu}\.?`;
const NAME = new RegExp(
  String.raw`^(?:${NAME_WORD})(?:\s+(?:(?:av|af|von|van|de|der|da|al|el|bin)\s+)?(?:${NAME_WORD})){1,3}$`,
  'u',
);
const NAME_ANY_CASE = String.raw`[\p{L}'’-]+(?:\s+[\p{L}'’-]+){0,2}`;
const SINGLE = /^\p{Lu}[\p{L}'’-]+$/u;

function readName(text: string, content: Content, isBareAnswer: boolean): string | undefined {
  const taken = (segment: string) =>
    locales.some((locale) => holdsPhrase(segment, content.words[locale].not_a_name)) ||
    readBrand(segment, content) !== undefined ||
    codeOf(normalise(segment), content) !== undefined;
  const stop = new Set(locales.flatMap((locale) => content.words[locale].not_a_name));
  for (const cue of locales.flatMap((locale) => content.words[locale].name_is)) {
    const pattern = new RegExp(String.raw`(?<!\p{L})${anyCase(cue)}[\s:]+(${NAME_ANY_CASE})`, 'u');
    const parts = pattern.exec(text)?.[1]?.split(/\s+/) ?? [];
    const end = parts.findIndex((part) => stop.has(part.toLowerCase()));
    const found = parts.slice(0, end < 0 ? undefined : end).join(' ');
    if (found && !taken(found)) return found;
  }
  for (const locale of locales) {
    for (const cue of content.words[locale].name_after) {
      // The cue in any case, then the capitalised words that follow it; lower case counts where a name was asked for.
      const shape = isBareAnswer
        ? String.raw`[\p{L}'’-]+(?:\s+[\p{L}'’-]+){0,3}`
        : String.raw`\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,3}`;
      const pattern = new RegExp(String.raw`(?<!\p{L})${anyCase(cue)}[\s:]+(${shape})(?!\p{L})`, 'u');
      const found = pattern.exec(text)?.[1];
      if (found && !taken(found)) return found;
    }
  }
  for (const segment of segmentsOf(text, true)) if (NAME.test(segment) && !taken(segment)) return segment;
  if (isBareAnswer) {
    const bare = segmentsOf(text, true)[0] ?? '';
    const count = words(bare).length;
    if (SINGLE.test(bare) && !taken(bare)) return bare;
    if (count >= 1 && count <= 4 && /^[\p{L}'’.\s-]+$/u.test(bare) && !taken(bare)) return bare;
  }
  return undefined;
}

// A pattern for a phrase in any case; the capitals of the name behind it must still count, so no `i` flag.
function anyCase(phrase: string): string {
  return [...phrase]
    .map((letter) =>
      letter === ' '
        ? String.raw`\s+`
        : /\p{L}/u.test(letter)
          ? `[${letter}${letter.toUpperCase()}]`
          : /[\^$.*+?()[\]{}|/]/.test(letter)
            ? `\\${letter}`
            : letter,
    )
    .join('');
}

// The parts between commas, sentence ends, addresses and numbers, where people put a name or a country by itself.
// "Anna Berg och anna@…" parts at the joining word too; "dela inte med USA" names no country to live in.
function segmentsOf(text: string, atJoiners: boolean): string[] {
  return text
    .replace(/\S+@\S+|\[•••\]|\+?\d[\d\s-]{4,}/g, ',')
    .split(
      atJoiners
        ? /[,;:/\n()]|[.!?](?:\s|$)|\s[-–—]\s|\s(?:och|and|med|with|&)\s/u
        : /[,;:/\n()]|[.!?](?:\s|$)|\s[-–—]\s/u,
    )
    .map((segment) => segment.trim())
    .filter((segment) => segment.length > 0 && fold(segment).length <= 60);
}
