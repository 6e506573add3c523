import lunr from 'lunr';
import type { Thesaurus } from '../content/thesaurus.ts';
import { fold, words } from '../text/words.ts';

/** A text to be found, with its title where it has one. */
export interface IndexedText {
  id: string;
  text: string;
  title?: string | undefined;
}

/** BM25 scores of texts that no example question is known for. */
export interface PassageIndex {
  /** Best first; a text that shares nothing with the question is left out. */
  search(question: string): { id: string; score: number }[];
}

const GRAM_SIZE = 4;
/** How much a long text is held against it (b), and how soon a repeated gram stops counting (k1). */
const B = 0.6;
const K1 = 1.2;

/**
 * Indexes texts with lunr by character 4-grams inside words: without examples they do better than stems, because
 * Swedish builds compounds ("uppgifter" in "personuppgifter"). lunr's own pipeline is left out: its trimmer uses
 * `\W`, which breaks å, ä and ö. With a thesaurus, other words for the same concept are found too.
 */
export function indexTexts(texts: readonly IndexedText[], thesaurus?: Thesaurus): PassageIndex {
  const terms = (text: string) => (thesaurus ? [...grams(text), ...concepts(text, thesaurus)] : grams(text));
  const hasTitles = texts.some((text) => text.title);
  const index = lunr(function () {
    this.pipeline.reset();
    this.searchPipeline.reset();
    this.ref('id');
    this.b(B);
    this.k1(K1);
    this.field('text');
    if (hasTitles) this.field('title');
    for (const { id, text, title } of texts)
      this.add({ id, text: terms(text), ...(hasTitles ? { title: terms(title ?? '') } : {}) });
  });
  return {
    search(question) {
      const asked = new Set(terms(question));
      if (asked.size === 0) return [];
      return index
        .query((query) => {
          for (const gram of asked) query.term(gram, {});
        })
        .map(({ ref, score }) => ({ id: ref, score }));
    },
  };
}

function grams(text: string): string[] {
  return words(text).flatMap((word) => {
    const edged = `_${fold(word)}_`;
    return Array.from({ length: Math.max(1, edged.length - GRAM_SIZE + 1) }, (_, start) =>
      edged.slice(start, start + GRAM_SIZE),
    );
  });
}

/** The concepts of a text's words; marked, so that none is taken for a gram. */
export function concepts(text: string, thesaurus: Thesaurus): string[] {
  return words(text).flatMap((word) => (thesaurus.get(fold(word)) ?? []).map((concept) => `#${concept}`));
}
