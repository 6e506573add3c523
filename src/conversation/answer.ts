import type { Content } from '../content/content.ts';
import { quotedPassages } from '../content/quote.ts';
import type { Choice, Reply } from './reply.ts';
import type { Slots } from './state.ts';

const FOLLOW_UPS = 3;

/** A quote beside something else that is said: with its advisories, without ways on. */
export function plainQuote(passage: string, content: Content): Reply {
  return { is: 'quote', passage, advisories: advisoriesFor(passage, content), choices: [], answers: false };
}

/** The reply that quotes a passage, with the advisories that concern it and up to three ways on. */
export function quoteReply(passage: string, alsoLikely: readonly string[], content: Content): Reply {
  const choices = [...requestsAbout(passage, content), ...questionsBeside(passage, alsoLikely, content)];
  return {
    is: 'quote',
    passage,
    advisories: advisoriesFor(passage, content),
    choices: choices.slice(0, FOLLOW_UPS),
    answers: true,
  };
}

/** Ids of the advisories that concern a passage, by its own id or its section's. */
export function advisoriesFor(passage: string, content: Content): string[] {
  const section = content.passages.get(passage)?.section;
  return content.advisories
    .filter(
      (advisory) =>
        advisory.passages.includes(passage) || (section !== undefined && advisory.sections.includes(section)),
    )
    .map((advisory) => advisory.id);
}

// One request at the most: the others are questions.
function requestsAbout(passage: string, content: Content): Choice[] {
  const type = [...content.requests.values()].find((request) => request.passages.includes(passage));
  return type ? [{ do: 'request', type: type.id }] : [];
}

function questionsBeside(passage: string, alsoLikely: readonly string[], content: Content): Choice[] {
  const self = content.passages.get(passage);
  if (!self) return [];
  const shown = new Set([...quotedPassages(passage, content), ...self.sameAs]);
  const sameSection = [...content.passages.values()]
    .filter((other) => other.section === self.section)
    .map((other) => other.id);
  const opened = sameSection.filter((id) => self.opens.includes(id));
  const at = sameSection.indexOf(passage);
  const around = [...sameSection.slice(at + 1), ...sameSection.slice(0, at).reverse()];
  return [...new Set([...opened, ...alsoLikely, ...around])]
    .filter((id) => !shown.has(id))
    .map((id) => ({ do: 'ask', passage: id }));
}

/** Contact slots, which a second request may take over from the first. */
export const CONTACT_SLOTS = ['name', 'email', 'phone', 'country', 'relation', 'brand'] as const;

/** The contact slots among `slots`. */
export function contactOf(slots: Slots): Record<string, string> {
  return Object.fromEntries(
    CONTACT_SLOTS.flatMap((slot) => (slots[slot] === undefined ? [] : [[slot, slots[slot]]])),
  );
}
