import type { Content } from '../content/content.ts';
import type { Words } from '../content/dialogs-schema.ts';
import { holdsPhrase, isPhrase } from '../text/phrases.ts';
import { words } from '../text/words.ts';

/** The small words that steer a conversation, read from the lists in dialogs/. */
export interface Controls {
  yes: boolean;
  no: boolean;
  cancel: boolean;
  skip: boolean;
  skipRest: boolean;
  sameAsBefore: boolean;
  correct: boolean;
  changeType: boolean;
  question: boolean;
  /** Slots the person refuses to fill. */
  declined: string[];
}

const thumbsUp = /^(?:\s|👍|👌|✅|✔️?|🆗|\u{1F3FB}|\u{1F3FC}|\u{1F3FD}|\u{1F3FE}|\u{1F3FF})+$/u;

/** Reads the steering words of both languages: people mix them. */
export function readControls(text: string, content: Content): Controls {
  const lists = [content.words.sv, content.words.en];
  const tokens = words(text);
  const holds = (pick: (list: Words) => readonly string[]) =>
    lists.some((list) => holdsPhrase(tokens, pick(list)));
  const cancel = holds((list) => list.cancel);
  return {
    yes: thumbsUp.test(text) || lists.some((list) => isYes(tokens, list)),
    no: tokens.length <= 4 && lists.some((list) => firstWords(list.no).has(tokens[0] ?? '')),
    // "jag ångrar mig" may go on: only where nothing else is asked for does it cancel.
    cancel: cancel && tokens.length <= 8,
    skip: text.trim() === '-' || (tokens.length <= 8 && holds((list) => list.skip)),
    skipRest: holds((list) => list.skip_rest),
    sameAsBefore: holds((list) => list.same_as_before),
    correct: holds((list) => list.correct),
    changeType: holds((list) => list.change_type),
    question: isQuestion(text, content),
    declined: Object.keys(content.words.sv.decline_slot).filter((slot) =>
      holds((list) => list.decline_slot[slot] ?? []),
    ),
  };
}

/** Whether a text is put as a question: a question mark, or a question word first. */
export function isQuestion(text: string, content: Content): boolean {
  if (/\?\s*$/.test(text) || /\?\s/.test(text)) return true;
  const first = words(text)[0] ?? '';
  return [content.words.sv, content.words.en].some((list) => list.question.includes(first));
}

// A yes is a yes word with nothing beside it but the words that go with one.
function isYes(tokens: readonly string[], list: Words): boolean {
  if (tokens.length === 0 || tokens.length > 8) return false;
  if (isPhrase(tokens, list.yes)) return true;
  const strong = setOf(list.yes);
  const weak = setOf(list.yes_with);
  return (
    tokens.some((token) => strong.has(token)) && tokens.every((token) => strong.has(token) || weak.has(token))
  );
}

// Made once for every list: the lists are read for every message.
const setOf = onceForEach((list) => new Set(list));
const firstWords = onceForEach((list) => new Set(list.map((phrase) => words(phrase)[0] ?? '')));

function onceForEach(make: (list: readonly string[]) => ReadonlySet<string>) {
  const made = new WeakMap<readonly string[], ReadonlySet<string>>();
  return (list: readonly string[]): ReadonlySet<string> => {
    const set = made.get(list) ?? make(list);
    made.set(list, set);
    return set;
  };
}
