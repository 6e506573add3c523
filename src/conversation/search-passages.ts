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
  const found = query.trim()
    ? [
        ...meant(query, locale),
        ...indexOf(content)
          .search(query)
          .map(({ id }) => id),
      ]
    : content.sections.flatMap(({ passages }) => passages.slice(0, 1).map(({ id }) => id));
  return [...new Set(found.map((id) => content.passages.get(id)?.quotedAs ?? id))].slice(0, limit);

  function meant(text: string, language: Locale): string[] {
    const decision = understanding.understand(text, language, null);
    return decision.meanings[0]?.kind === 'question' ? passagesOf(decision.meanings) : [];
  }
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
