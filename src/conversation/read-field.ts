import { isValidPhoneNumber, parsePhoneNumberWithError } from 'libphonenumber-js';
import { z } from 'zod';
import type { Content } from '../content/content.ts';
import type { SlotReader } from '../content/dialogs-schema.ts';
import { readBrand } from './read-brand.ts';
import { codeOf, readCountry } from './read-country.ts';

/** As long as a field may be, in letters: a name or a place, and a text. */
export const LONGEST_LINE = 200;
export const LONGEST_FIELD = 2000;

/** The values that a list field offers, such as the relations. */
export function choicesOf(reader: 'relation' | 'channel', content: Content): string[] {
  if (reader === 'channel') return Object.keys(content.words.sv.channel);
  return Object.keys(content.replies.sv).flatMap((id) =>
    id.startsWith('relation.') ? [id.slice('relation.'.length)] : [],
  );
}

const address = z.email();

/** Reads a field of a form, which holds a value and nothing else. Null: it cannot be taken for one. */
export function readField(reader: SlotReader, given: string, content: Content): string | null {
  const line = given.replace(/\s+/g, ' ').trim();
  if (line.length > (reader === 'text' ? LONGEST_FIELD : LONGEST_LINE)) return null;
  switch (reader) {
    case 'name':
      return /\p{L}/u.test(line) && !line.includes('@') ? line : null;
    case 'email':
      return address.safeParse(line).success ? line.toLowerCase() : null;
    case 'phone':
      return isValidPhoneNumber(line, 'SE') ? parsePhoneNumberWithError(line, 'SE').number : null;
    case 'country':
      return codeOf(line, content) ?? readCountry(line, content, true) ?? null;
    case 'relation':
      return Object.hasOwn(content.replies.sv, `relation.${line}`) ? line : null;
    case 'channel':
      return Object.hasOwn(content.words.sv.channel, line) ? line : null;
    case 'brand':
      return readBrand(line, content) ?? line;
    case 'text':
      return given.trim();
  }
}
