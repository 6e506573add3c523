import type { Locale } from '../text/words.ts';
import type { Classifier } from './classifier.ts';
import type { FeatureReader } from './features.ts';
import { trainAll } from './lesson-worker.ts';
import type { Network } from './network.ts';
import { stack } from './sparse.ts';
import type { Lesson } from './train-network.ts';
import { learnVocabulary, vectorise } from './vocabulary.ts';

/** A text to learn from. */
export interface Row {
  text: string;
  label: string;
  locale: Locale;
}

/** A trained classifier, and a network for every fold that has not seen that fold's rows. */
export interface Trained {
  classifier: Classifier;
  folds: readonly Network[];
}

/** The more rows, the fewer passes over them are needed; and a few rows are no cost to many networks. */
const FEWEST_EPOCHS = 10;
const MOST_EPOCHS = 60;
const ROW_STEPS = 40_000;
const FEW_ROWS = 1000;

/**
 * Trains a classifier on rows. With `foldOf`, which gives each row's fold (or -1 for rows that every fold learns
 * from), one more network a fold is trained without its rows. Deterministic, on as many threads as there are cores.
 */
export async function trainClassifier(
  rows: readonly Row[],
  read: FeatureReader,
  foldOf: readonly number[] = [],
): Promise<Trained> {
  const texts = rows.map((row) => read(row.text, row.locale));
  const vocabulary = learnVocabulary(texts);
  const labels = [...new Set(rows.map((row) => row.label))].sort();
  const position = new Map(labels.map((label, index) => [label, index]));
  const common = {
    matrix: stack(texts.map((text) => vectorise(text, vocabulary))),
    labelOf: Uint16Array.from(rows, (row) => position.get(row.label) ?? 0),
    width: vocabulary.idf.length,
    labels: labels.length,
    epochs: Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, Math.ceil(ROW_STEPS / rows.length))),
  };
  const every = Uint32Array.from(rows.keys());
  const votes = rows.length < FEW_ROWS ? 5 : 3;
  const folds = Math.max(-1, ...foldOf) + 1;
  const lessons: Lesson[] = [
    ...Array.from({ length: votes }, (_, seed) => ({ ...common, rows: every, seed: seed + 1 })),
    ...Array.from({ length: folds }, (_, fold) => ({
      ...common,
      rows: every.filter((row) => foldOf[row] !== fold),
      seed: 1,
    })),
  ];
  const networks = await trainAll(lessons);
  return {
    classifier: { labels, vocabulary, networks: networks.slice(0, votes), read },
    folds: networks.slice(votes),
  };
}
