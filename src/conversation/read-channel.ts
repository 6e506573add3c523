import type { Content } from '../content/content.ts';
import { holdsPhrase } from '../text/phrases.ts';
import { words } from '../text/words.ts';

/** The channel that a text names, or undefined. */
export function readChannel(text: string, content: Content): string | undefined {
  const tokens = words(text);
  for (const list of [content.words.sv, content.words.en])
    for (const [value, phrases] of Object.entries(list.channel))
      if (holdsPhrase(tokens, phrases)) return value;
  return undefined;
}
