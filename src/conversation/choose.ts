import type { Content } from '../content/content.ts';
import { isPhrase } from '../text/phrases.ts';
import { stem } from '../text/stem.ts';
import { type Locale, words } from '../text/words.ts';
import { ticketNumbersIn } from '../tickets/ticket-number.ts';
import type { Choice } from './reply.ts';

/** The text that a button for a choice sends, so that a press and a typed answer take one way. */
export function choiceValue(choice: Choice): string {
  if (choice.do === 'ask') return `!ask ${choice.passage}`;
  if (choice.do === 'say') return `!say ${choice.intent}`;
  if (choice.do === 'rate') return `!rate ${choice.passage} ${choice.good ? 'good' : 'bad'}`;
  if ('number' in choice) return `!${choice.do} ${choice.number}`;
  if (!('type' in choice)) return `!${choice.do}`;
  return `!${choice.do} ${choice.type}`;
}

/** The choice that a button's text stands for, or null: it may be pressed long after it was offered. */
export function pressedChoice(text: string, content: Content): Choice | null {
  const [, verb, id = '', opinion] = /^!(\w+)(?: ([\w-]+))?(?: (good|bad))?$/.exec(text.trim()) ?? [];
  if (verb === 'ask' && content.passages.has(id)) return { do: 'ask', passage: id };
  if (verb === 'say' && content.intents.has(id)) return { do: 'say', intent: id };
  if (verb === 'none' || verb === 'handoff' || verb === 'message' || verb === 'unconnected')
    return { do: verb };
  if (verb === 'rate' && opinion && content.passages.has(id))
    return { do: 'rate', passage: id, good: opinion === 'good' };
  const [number] = ticketNumbersIn(id);
  if ((verb === 'amend' || verb === 'withdraw') && number) return { do: verb, number };
  if (verb === 'request' || verb === 'switch' || verb === 'queue' || verb === 'keep')
    return content.requests.has(id) ? { do: verb, type: id } : null;
  return null;
}

/** The offered choice that a typed answer picks: a number, an ordinal, or the words of its label. */
export function typedChoice(
  text: string,
  choices: readonly Choice[],
  content: Content,
  locale: Locale,
): Choice | null {
  if (choices.length === 0) return null;
  const number = /^\s*(?:nr\.?\s*|#)?([1-9])\s*[.)!]?\s*$/i.exec(text)?.[1];
  if (number) return choices[Number(number) - 1] ?? null;
  for (const list of [content.words.sv, content.words.en]) {
    if (isPhrase(text, list.none_of_these)) return { do: 'none' };
    const position = list.choices.findIndex((phrases) => isPhrase(text, phrases));
    if (position >= 0) return choices[position] ?? choices.at(-1) ?? null;
  }
  return choiceByWords(text, choices, content, locale);
}

// Most of what is typed must stand in one label, and in no other: "radera adressen" for "Radera min e-postadress".
function choiceByWords(
  text: string,
  choices: readonly Choice[],
  content: Content,
  locale: Locale,
): Choice | null {
  const typed = words(text).map((word) => stem(word, locale));
  if (typed.length === 0 || typed.length > 12) return null;
  const shares = choices.map((choice) => {
    const label = labelStems(choiceLabel(choice, content, locale), locale);
    return typed.filter((word) => label.has(word)).length / typed.length;
  });
  const best = Math.max(...shares);
  return best >= 0.7 && shares.filter((share) => share === best).length === 1
    ? (choices[shares.indexOf(best)] ?? null)
    : null;
}

// The labels are few and come again with every turn.
const stems: Record<Locale, Map<string, ReadonlySet<string>>> = { sv: new Map(), en: new Map() };

function labelStems(label: string, locale: Locale): ReadonlySet<string> {
  const found = stems[locale].get(label) ?? new Set(words(label).map((word) => stem(word, locale)));
  stems[locale].set(label, found);
  return found;
}

/** What a choice is called. */
export function choiceLabel(choice: Choice, content: Content, locale: Locale): string {
  const replies = content.replies[locale];
  if (choice.do === 'ask') return content.passages.get(choice.passage)?.topic[locale] ?? choice.passage;
  if (choice.do === 'say') return replies[`choice.${choice.intent}`] ?? choice.intent;
  if (choice.do === 'rate') return replies[choice.good ? 'rate.good' : 'rate.bad'] ?? '';
  if (!('type' in choice)) return replies[`choice.${choice.do}`] ?? '';
  const title = replies[`request.${choice.type}.title`] ?? choice.type;
  if (choice.do === 'request') return title;
  return (replies[`choice.${choice.do}`] ?? '').replace('{title}', title);
}
