import type { Content } from './content.ts';

/** An answer, not the whole notice: a longer list is offered item by item. In characters. */
export const LONGEST_QUOTE = 1500;

/** What is quoted for a passage: itself, and the list it leads into where that fits. Verbatim Markdown. */
export function quotedText(passage: string, content: Content): string {
  return quotedPassages(passage, content)
    .map((id) => content.passages.get(id)?.text ?? '')
    .join('\n');
}

/** The passages that are shown when one is quoted: itself first. @throws {RangeError} where there is no such passage. */
export function quotedPassages(passage: string, content: Content): readonly string[] {
  const found = content.passages.get(passage);
  if (!found) throw new RangeError(`no passage ${passage}`);
  const all = [passage, ...found.opens];
  const length = all.reduce((sum, id) => sum + (content.passages.get(id)?.text.length ?? 0) + 1, -1);
  return length <= LONGEST_QUOTE ? all : [passage];
}

/** A quote's Markdown without the dead links and the bold type of the original page; the words stay. */
export function quotedWords(passage: string, content: Content): string {
  return quotedText(passage, content)
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*/g, '');
}

/** The reading aid of a passage and of the list that is quoted with it; empty where there is none. */
export function readingAidOf(passage: string, content: Content): string {
  return quotedPassages(passage, content)
    .map((id) => content.passages.get(id)?.readingAid ?? '')
    .join('\n');
}
