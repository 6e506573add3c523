import type { Features } from './features.ts';
import type { SparseVector } from './sparse.ts';

/** The known features (by hash) with their inverse document frequencies. */
export interface Vocabulary {
  columns: ReadonlyMap<number, number>;
  idf: Float32Array;
}

const LEAST_TEXTS = 4;
/** The feature that counts words which are not known: what lies outside is talked about in other words. */
const UNKNOWN = 0;
const groups = ['words', 'characters', 'concepts'] as const;
/** The length of each group's part of a text's vector, so that the many n-grams drown no word. */
const LENGTHS = { words: 0.75, characters: 0.66, concepts: 0.6 };

/** Learns the vocabulary of texts: what stands in one text only is left out. */
export function learnVocabulary(texts: readonly Features[]): Vocabulary {
  const seen = new Map<number, number>();
  for (const text of texts)
    for (const group of groups)
      for (const feature of text[group].keys()) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const rare = (token: number) => (seen.get(token) ?? 0) < LEAST_TEXTS;
  seen.set(UNKNOWN, texts.filter((text) => text.tokens.some(rare)).length);
  const least = texts.length < 1000 ? 1 : LEAST_TEXTS;
  const kept = [...seen].filter(([, count]) => count >= least).sort(([a], [b]) => a - b);
  return {
    columns: new Map(kept.map(([feature], column) => [feature, column])),
    idf: Float32Array.from(kept, ([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1),
  };
}

/** The tf-idf vector of a text (sublinear tf); features that are not known are left out. */
export function vectorise(text: Features, vocabulary: Vocabulary): SparseVector {
  const size = groups.reduce((sum, group) => sum + text[group].size, 1);
  const columns = new Uint32Array(size);
  const values = new Float32Array(size);
  let end = 0;
  for (const group of groups) {
    const begin = end;
    let square = 0;
    const take = (feature: number, count: number) => {
      const column = vocabulary.columns.get(feature);
      if (column === undefined) return;
      const value = (1 + Math.log(count)) * (vocabulary.idf[column] ?? 0);
      columns[end] = column;
      values[end] = value;
      square += value * value;
      end += 1;
    };
    for (const [feature, count] of text[group]) take(feature, count);
    if (group === 'words') {
      const unknown = text.tokens.filter((token) => !vocabulary.columns.has(token)).length;
      if (unknown > 0) take(UNKNOWN, unknown);
    }
    const scale = LENGTHS[group] / (Math.sqrt(square) || 1);
    for (let at = begin; at < end; at += 1) values[at]! *= scale;
  }
  return { columns: columns.subarray(0, end), values: values.subarray(0, end) };
}

/** Tells whether a feature stood in at least so many of the texts learnt from: the rarest that were kept give the measure. */
export function frequentIn({ columns, idf }: Vocabulary, texts: number): (feature: number) => boolean {
  const rarest = idf.reduce((most, each) => Math.max(most, each), 0);
  const highest = rarest - Math.log((1 + texts) / (1 + LEAST_TEXTS));
  return (feature) => {
    const column = columns.get(feature);
    return column !== undefined && (idf[column] ?? rarest) <= highest;
  };
}
