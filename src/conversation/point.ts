import type { Content } from '../content/content.ts';
import { findPhrase, isPhrase } from '../text/phrases.ts';
import { words } from '../text/words.ts';

/** As long as an opening word with its comma may be, in letters. */
const LONGEST_OPENING = 20;
/** Fewer words than this behind it are no point of their own. */
const SHORTEST_POINT = 2;

/** A message without the greeting or the interjection it opens with: "vänta, måste jag visa legitimation?" */
export function pointOf(text: string, content: Content): string {
  const [whole = '', opening = ''] =
    new RegExp(`^([^,.!?\\n]{1,${LONGEST_OPENING}})[,.!?\\n]+\\s*`).exec(text) ?? [];
  const opens = [content.words.sv, content.words.en].some(
    (list) =>
      list.greeting.some((phrase) => findPhrase(words(opening), phrase) === 0) ||
      isPhrase(opening, list.interjection),
  );
  const rest = text.slice(whole.length);
  return opens && words(rest).length >= SHORTEST_POINT ? rest : text;
}
