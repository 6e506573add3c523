import type { Content } from '../content/content.ts';
import type { Locale } from '../text/words.ts';
import { indexTexts, type PassageIndex } from '../understanding/passage-index.ts';
import type { Assistant } from './assistant.ts';
import { passagesOf } from './meaning.ts';

const indexes = new WeakMap<Content, PassageIndex>();

/**
 * The passages that a search finds, best first: what it is understood to ask for, then what holds its words. Without
 * words the beginning of every section. What the notice says twice is found once.
 */
export function searchPassages(query: string, locale: Locale, assistant: Assistant, limit: number): string[] {
  const { content, understanding } = assistant;
  const holding = () =>
    indexOf(content)
      .search(query)
      .map(({ id }) => id);
  // Whoever searches looks for a passage, whatever the words would mean in a conversation.
  const found = query.trim()
    ? [...passagesOf(understanding.understand(query, locale, null).meanings), ...holding()]
    : content.sections.flatMap(({ passages }) => passages.slice(0, 1).map(({ id }) => id));
  return [...new Set(found.map((id) => content.passages.get(id)?.quotedAs ?? id))].slice(0, limit);
}

function indexOf(content: Content): PassageIndex {
  let index = indexes.get(content);
  if (!index) {
    const texts = [...content.passages.values()].map(({ id, text, topic }) => ({
      id,
      text,
      title: `${topic.sv} ${topic.en}`,
    }));
    index = indexTexts(texts, content.thesaurus);
    indexes.set(content, index);
  }
  return index;
}
