import type { Content } from '../content/content.ts';
import type { RequestType } from '../content/dialogs-schema.ts';
import { holdsPhrase } from '../text/phrases.ts';
import { type Locale, words } from '../text/words.ts';
import { LONGEST_FIELD } from './read-field.ts';
import { readSlots } from './read-slots.ts';
import type { Reply } from './reply.ts';
import type { OpenRequest, Slots } from './state.ts';

/** Fewer words than this only name the wish; more of them tell the story behind it. */
const STORY_WORDS = 5;

/** A request begun with a message: what the message itself gives is filled in. */
export function beginRequest(
  key: string,
  type: RequestType,
  text: string,
  contact: Slots,
  content: Content,
  relationOf: (text: string) => string | null = () => null,
): OpenRequest {
  const { slots } = readSlots(text, content, { relationOf });
  const all = wholeScope(text, content);
  const behalf =
    type.on_behalf && [content.words.sv, content.words.en].some((list) => holdsPhrase(text, list.on_behalf));
  const request: OpenRequest = {
    key,
    type: type.id,
    slots: keep(type, { ...contact, ...slots, ...(all ? { data: all } : {}) }),
    asksFor: null,
    stage: 'filling',
    skipped: [],
    behalf,
    amends: null,
    was: {},
  };
  if (type.story && words(text).length >= STORY_WORDS) return addText(request, type.story, text);
  return request;
}

/** The same request under another type: what the new type has a slot for comes along. */
export function changeType(request: OpenRequest, type: RequestType): OpenRequest {
  return {
    ...request,
    // Another request, and so another ticket: a card of the one before must not send this one.
    key: request.key.replace(/[^/]*$/, type.id),
    type: type.id,
    slots: keep(type, request.slots),
    asksFor: null,
    stage: 'filling',
    skipped: [],
    amends: null,
    was: {},
  };
}

/** The fields of a type's form, those that must be filled first. */
export function fieldsOf(type: RequestType): string[] {
  return [...new Set([...type.any_of, ...type.required, ...type.optional])];
}

/** Slots that still must be given. */
export function missingSlots(request: Pick<OpenRequest, 'slots'>, type: RequestType): string[] {
  const required = type.required.filter((slot) => !request.slots[slot]);
  const one =
    type.any_of.length > 0 && !type.any_of.some((slot) => request.slots[slot]) ? type.any_of.slice(0, 1) : [];
  return [...one, ...required];
}

/** Slots that may be given and have not been, without those the person refused. */
export function openSlots(request: OpenRequest, type: RequestType): string[] {
  return type.optional.filter((slot) => !request.slots[slot] && !request.skipped.includes(slot));
}

/**
 * What the form says next: it asks for the first missing slot, then once for all that is voluntary, then shows the
 * summary. Returns the request as it stands after asking.
 */
export function askNext(request: OpenRequest, type: RequestType): { request: OpenRequest; reply: Reply } {
  const missing = missingSlots(request, type);
  const [first, ...others] = missing;
  if (first) {
    return {
      request: { ...request, asksFor: first, stage: 'filling' },
      reply: { is: 'ask', slot: first, type: type.id, others },
    };
  }
  const optional = openSlots(request, type);
  const [next] = optional;
  if (next && type.ask_optional && !request.skipped.includes('rest')) {
    // Asked once, all together: whatever comes back, the summary follows.
    return {
      request: { ...request, asksFor: next, stage: 'filling', skipped: [...request.skipped, 'rest'] },
      reply: { is: 'ask', slot: 'optional', type: type.id, others: optional },
    };
  }
  const done: OpenRequest = { ...request, asksFor: null, stage: 'summary' };
  const { slots, behalf, amends } = done;
  return {
    request: done,
    reply: { is: 'summary', type: type.id, slots, behalf, amends: amends !== null },
  };
}

/** The request with slots filled in; only slots that its type has are taken. */
export function fillSlots(request: OpenRequest, type: RequestType, slots: Slots): OpenRequest {
  return { ...request, slots: { ...request.slots, ...keep(type, slots) } };
}

/** The request with a text added to one of its free-text slots, as far as it has room. */
export function addText(request: OpenRequest, slot: string, text: string): OpenRequest {
  const before = request.slots[slot];
  const whole = before ? `${before}\n${text}` : text;
  return { ...request, slots: { ...request.slots, [slot]: whole.slice(0, LONGEST_FIELD) } };
}

/** "allt ni har om mig", where a text says that everything is meant. */
export function wholeScope(text: string, content: Content): string | null {
  for (const locale of ['sv', 'en'] as const satisfies readonly Locale[])
    for (const phrase of content.words[locale].everything) if (holdsPhrase(text, [phrase])) return phrase;
  return null;
}

// An opt-out needs no name and no phone, but what has been given is kept: it belongs to the person, not to the type.
function keep(type: RequestType, slots: Slots): Record<string, string> {
  const known = new Set([
    ...type.required,
    ...type.any_of,
    ...type.optional,
    'name',
    'email',
    'phone',
    'country',
    'relation',
    'brand',
  ]);
  return Object.fromEntries(Object.entries(slots).filter(([slot]) => known.has(slot)));
}
