import type { Content } from '../content/content.ts';
import type { RequestType } from '../content/dialogs-schema.ts';
import { fieldsOf, missingSlots } from './form.ts';
import { MASK, maskPersonalNumbers } from './personal-number.ts';
import { LONGEST_FIELD, LONGEST_LINE, readField } from './read-field.ts';

/** What can be wrong with a field. */
export type Wrong = 'missing' | 'unreadable' | 'too_long';

/** What was filled in: values that can be taken, what stands in each field, and what is wrong with it. */
export interface FilledIn {
  slots: Record<string, string>;
  /** What stands in the fields, personal identity numbers taken out. */
  shown: Record<string, string>;
  faults: Map<string, Wrong>;
  /** Whether something that looked like a personal identity number was taken out. */
  masked: boolean;
}

type Given = Readonly<Record<string, string | undefined>>;

/** Reads every field of a request for itself, and sees what is missing. */
export function readRequest(given: Given, type: RequestType, content: Content): FilledIn {
  const filled = readFields(given, fieldsOf(type), content);
  noteMissing(filled, type);
  return filled;
}

/** Reads fields, each for itself; what is empty is left out. */
export function readFields(given: Given, slots: readonly string[], content: Content): FilledIn {
  const filled: FilledIn = { slots: {}, shown: {}, faults: new Map(), masked: false };
  for (const slot of slots) {
    const reader = content.slots[slot] ?? 'text';
    const clean = maskPersonalNumbers(printable(given[slot] ?? ''));
    filled.masked ||= clean.masked;
    // In a story the mask tells that something stood there; in a name or an address it is nothing.
    const text = (reader === 'text' ? clean.text : clean.text.replaceAll(MASK, '')).trim();
    if (text === '') continue;
    const longest = reader === 'text' ? LONGEST_FIELD : LONGEST_LINE;
    filled.shown[slot] = text.slice(0, longest * 2);
    const value = readField(reader, text, content);
    if (value !== null) filled.slots[slot] = value;
    else filled.faults.set(slot, text.length > longest ? 'too_long' : 'unreadable');
  }
  return filled;
}

/** Notes what a type needs and has not been given. Of several fields one is enough: where one is wrong, that it is. */
export function noteMissing({ slots, faults }: Pick<FilledIn, 'slots' | 'faults'>, type: RequestType): void {
  const isOneWrong = type.any_of.some((slot) => faults.has(slot));
  for (const slot of missingSlots({ slots }, type)) {
    const isExcused = isOneWrong && type.any_of.includes(slot);
    if (!faults.has(slot) && !isExcused) faults.set(slot, 'missing');
  }
}

/** As `noteMissing`, for an officer: whoever called and has no e-mail address is reached by telephone. */
export function noteMissingByCall(filled: Pick<FilledIn, 'slots' | 'faults'>, type: RequestType): void {
  noteMissing(filled, type);
  if (filled.slots.phone && filled.faults.get('email') === 'missing') filled.faults.delete('email');
}

/** The id of the text that says what is wrong with a field. */
export function faultText(slot: string, wrong: Wrong, type: RequestType, content: Content): string {
  const isText = (content.slots[slot] ?? 'text') === 'text';
  switch (wrong) {
    case 'missing':
      return type.any_of.includes(slot) ? 'form.one_of' : 'form.required';
    case 'too_long':
      return isText ? 'form_page.too_long_text' : 'form_page.too_long_line';
    case 'unreadable':
      return content.replies.sv[`invalid.${slot}`] === undefined ? 'form.invalid' : `invalid.${slot}`;
  }
}

// What steers terminals and mail programs is no part of what somebody writes; line breaks and tabs are.
function printable(text: string): string {
  return text.toWellFormed().replace(/(?!\n|\t)[\p{Cc}\u2028\u2029]/gu, '');
}
