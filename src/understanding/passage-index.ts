import lunr from 'lunr';
import type { Content } from '../content/content.ts';
import { stem } from '../text/stem.ts';
import { fold, type Locale, words } from '../text/words.ts';

/** BM25 scores of passages for the words of a text. */
export interface PassageIndex {
  /** Score by passage id; a passage that shares no word is left out. */
  search(text: string, locale: Locale): Map<string, number>;
}

/**
 * Indexes the notice's own words with lunr. Texts are stemmed before they get there: lunr's own pipeline trims with
 * `\W`, which breaks å ä ö, and its Swedish stemmer equals natural's.
 */
export function indexPassages(content: Content): PassageIndex {
  const titles = new Map(
    content.sections.map((section) => [section.id, [section.title, ...section.aliases].join(' ')]),
  );
  const index = lunr(function () {
    this.pipeline.reset();
    this.searchPipeline.reset();
    this.ref('id');
    this.field('text');
    this.field('title', { boost: 0.5 });
    this.field('topic', { boost: 2 });
    for (const passage of content.passages.values()) {
      this.add({
        id: passage.id,
        text: stems(passage.text, 'sv').join(' '),
        title: stems(titles.get(passage.section) ?? '', 'sv').join(' '),
        topic: [...stems(passage.topic.sv, 'sv'), ...stems(passage.topic.en, 'en')].join(' '),
      });
    }
  });
  return {
    search(text, locale) {
      const terms = [...new Set(stems(text, locale))];
      if (terms.length === 0) return new Map();
      const found = index.query((query) => {
        for (const term of terms) query.term(term, {});
      });
      return new Map(found.map((hit) => [hit.ref, hit.score]));
    },
  };
}

function stems(text: string, locale: Locale): string[] {
  return words(text).map((word) => fold(stem(word, locale)));
}
