import type { SparseVector } from './sparse.ts';

/** The known features with their inverse document frequencies. */
export interface Vocabulary {
  index: Map<string, number>;
  idf: Float64Array;
}

const LEAST_TEXTS = 2;
/** Counts the words of a text that are not known: what lies outside is talked about in other words. */
const UNKNOWN = 'u';

/** Learns the vocabulary from the texts' feature counts: what stands in one text only is left out. */
export function learnVocabulary(texts: readonly Map<string, number>[]): Vocabulary {
  const seen = new Map<string, number>();
  for (const counts of texts)
    for (const feature of counts.keys()) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const isRare = (feature: string) => feature.startsWith('w ') && (seen.get(feature) ?? 0) < LEAST_TEXTS;
  seen.set(UNKNOWN, texts.filter((counts) => [...counts.keys()].some(isRare)).length);
  const kept = [...seen].filter(([, count]) => count >= LEAST_TEXTS).sort(([a], [b]) => (a < b ? -1 : 1));
  const idf = Float64Array.from(kept, ([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1);
  return { index: new Map(kept.map(([feature], column) => [feature, column])), idf };
}

/**
 * The tf-idf vector of a text (sublinear tf), each kind of feature scaled to its own unit length so that the many
 * character n-grams do not drown the few words.
 */
export function vectorise(counts: Map<string, number>, vocabulary: Vocabulary): SparseVector {
  const columns: number[] = [];
  const values: number[] = [];
  const kinds: boolean[] = [];
  const squares = [0, 0];
  const take = (feature: string, count: number) => {
    const column = vocabulary.index.get(feature);
    if (column === undefined) return;
    const value = (1 + Math.log(count)) * (vocabulary.idf[column] ?? 0);
    const isCharacters = feature.startsWith('c ');
    columns.push(column);
    values.push(value);
    kinds.push(isCharacters);
    squares[isCharacters ? 1 : 0]! += value * value;
  };
  let unknown = 0;
  for (const [feature, count] of counts) {
    if (feature.startsWith('w ') && !vocabulary.index.has(feature)) unknown += 1;
    take(feature, count);
  }
  if (unknown > 0) take(UNKNOWN, unknown);
  const scale = squares.map((square) => Math.SQRT1_2 / (Math.sqrt(square) || 1));
  return {
    columns: Uint32Array.from(columns),
    values: Float64Array.from(values, (value, position) => value * (scale[kinds[position] ? 1 : 0] ?? 0)),
  };
}
