import type { Content } from '../content/content.ts';
import type { Words } from '../content/dialogs-schema.ts';
import { fold } from '../text/words.ts';

/** A list of dialogs/words.*.yaml. */
export type ListName = { [Key in keyof Words]: Words[Key] extends string[] ? Key : never }[keyof Words];

/** A list of both languages, because people mix them. */
export interface WordList {
  phrases: readonly string[];
  /** Its words as they are compared without their marks. */
  folded: ReadonlySet<string>;
}

const known = new WeakMap<Content, Map<ListName, WordList>>();

/** A list by its name; put together once, because names are looked for in every message. */
export function wordList(content: Content, name: ListName): WordList {
  const lists = known.get(content) ?? new Map<ListName, WordList>();
  known.set(content, lists);
  let list = lists.get(name);
  if (!list) {
    const phrases = [...content.words.sv[name], ...content.words.en[name]];
    list = { phrases, folded: new Set(phrases.map(fold)) };
    lists.set(name, list);
  }
  return list;
}
