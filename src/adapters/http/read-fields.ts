import type { Content } from '../../content/content.ts';
import type { RequestType } from '../../content/dialogs-schema.ts';
import { missingSlots } from '../../conversation/form.ts';
import { fieldsOf } from '../../conversation/form-sent.ts';
import { maskPersonalNumbers } from '../../conversation/personal-number.ts';
import { choicesOf, LONGEST_FIELD, LONGEST_LINE, readField } from '../../conversation/read-field.ts';
import type { OpenRequest } from '../../conversation/state.ts';

/** What was filled in: values that can be taken, what stands in each field, and what is wrong with it. */
export interface FilledIn {
  slots: Record<string, string>;
  /** What stands in the fields, personal identity numbers taken out. */
  shown: Record<string, string>;
  /** By slot, the text of dialogs/ that says what is wrong. */
  faults: Map<string, string>;
  /** Whether something that looked like a personal identity number was taken out. */
  masked: boolean;
}

/** Reads every field of a type's form for itself, as the chat's form is read. */
export function readFields(
  form: Readonly<Record<string, string>>,
  type: RequestType,
  content: Content,
): FilledIn {
  const filled: FilledIn = { slots: {}, shown: {}, faults: new Map(), masked: false };
  for (const slot of fieldsOf(type)) {
    const clean = maskPersonalNumbers(printable(form[slot] ?? ''));
    filled.masked ||= clean.masked;
    const text = clean.text.trim();
    if (text === '') continue;
    const reader = content.slots[slot] ?? 'text';
    const isListed =
      (reader !== 'relation' && reader !== 'channel') || choicesOf(reader, content).includes(text);
    const value = isListed ? readField(reader, text, content) : null;
    const longest = reader === 'text' ? LONGEST_FIELD : LONGEST_LINE;
    filled.shown[slot] = text.slice(0, longest * 2);
    if (value !== null) filled.slots[slot] = value;
    else filled.faults.set(slot, text.length > longest ? tooLong(reader) : faultOf(slot, content));
  }
  // Of several fields one is enough: where one is wrong, that is what is to be put right.
  const isOneWrong = type.any_of.some((slot) => filled.faults.has(slot));
  for (const slot of missingSlots(asRequest('', type.id, filled.slots), type)) {
    const isOne = type.any_of.includes(slot);
    if (filled.faults.has(slot) || (isOne && isOneWrong)) continue;
    filled.faults.set(slot, isOne ? 'form.one_of' : 'form.required');
  }
  return filled;
}

/** What was filled in as the request that tickets are made of. */
export function asRequest(key: string, type: string, slots: Record<string, string>): OpenRequest {
  return { key, type, slots, asksFor: null, stage: 'summary', skipped: [], behalf: false, amends: null };
}

function tooLong(reader: string): string {
  return reader === 'text' ? 'form_page.too_long_text' : 'form_page.too_long_line';
}

function faultOf(slot: string, content: Content): string {
  const own = `invalid.${slot}`;
  return content.replies.sv[own] === undefined ? 'form.invalid' : own;
}

// What steers terminals and mail programs is no part of what somebody writes; line breaks and tabs are.
function printable(text: string): string {
  return text.toWellFormed().replace(/(?!\n|\t)[\p{Cc}\u2028\u2029]/gu, '');
}
