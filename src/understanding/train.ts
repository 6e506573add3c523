import type { Content } from '../content/content.ts';
import type { Example } from '../content/examples.ts';
import { features } from './features.ts';
import { trainLinearSvm } from './linear-svm.ts';
import { type Model, scoreLabels } from './model.ts';
import { softmax } from './softmax.ts';
import { stack } from './sparse.ts';
import { learnVocabulary, vectorise } from './vocabulary.ts';

const FOLDS = 3;

/** Trains one joint model over passages, intents and declining. Deterministic: the same input gives the same bytes. */
export function trainModel(examples: readonly Example[], content: Content, hash: string): Model {
  const rows = [...examples, ...ownTexts(content)];
  const temperature = fitTemperature(rows);
  return { ...fit(rows), hash, temperature, indexWeight: 0 };
}

/** The rows to train from, fitted without any held-out share: scores only, not yet calibrated. */
export function fit(rows: readonly Pick<Example, 'text' | 'label' | 'locale'>[]): Model {
  const counts = rows.map((row) => features(row.text, row.locale));
  const vocabulary = learnVocabulary(counts);
  const matrix = stack(counts.map((each) => vectorise(each, vocabulary)));
  const labels = [...new Set(rows.map((row) => row.label))].sort();
  const width = vocabulary.index.size;
  const weights = new Int8Array(width * labels.length);
  const scales = new Float64Array(labels.length);
  const biases = new Float64Array(labels.length);
  for (const [label, name] of labels.entries()) {
    const isPositive = Uint8Array.from(rows, (row) => (row.label === name ? 1 : 0));
    const trained = trainLinearSvm(matrix, isPositive, width);
    let largest = 1e-9;
    for (let column = 0; column < width; column += 1) largest = Math.max(largest, Math.abs(trained[column]!));
    scales[label] = largest / 127;
    biases[label] = trained[width]!;
    for (let column = 0; column < width; column += 1)
      weights[column * labels.length + label] = Math.round((trained[column]! / largest) * 127);
  }
  return { hash: '', labels, vocabulary, biases, scales, weights, temperature: 1, indexWeight: 0 };
}

// The notice's own sentences and the topics count as examples of their passages.
function ownTexts(content: Content): Pick<Example, 'text' | 'label' | 'locale'>[] {
  return [...content.passages.values()].flatMap((passage) => [
    { text: passage.text, label: passage.id, locale: 'sv' as const },
    { text: passage.topic.sv, label: passage.id, locale: 'sv' as const },
    { text: passage.topic.en, label: passage.id, locale: 'en' as const },
  ]);
}

/** The temperature at which held-out rows are least surprising (lowest mean log loss). */
function fitTemperature(rows: readonly Pick<Example, 'text' | 'label' | 'locale'>[]): number {
  const scored: { scores: Float64Array; right: number }[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = fit(rows.filter((_, index) => index % FOLDS !== fold));
    for (const row of rows.filter((_, index) => index % FOLDS === fold)) {
      const right = model.labels.indexOf(row.label);
      if (right >= 0)
        scored.push({
          scores: scoreLabels(vectorise(features(row.text, row.locale), model.vocabulary), model),
          right,
        });
    }
  }
  const loss = (temperature: number) =>
    scored.reduce(
      (sum, { scores, right }) => sum - Math.log(Math.max(1e-12, softmax(scores, temperature)[right] ?? 0)),
      0,
    );
  const candidates = Array.from({ length: 30 }, (_, step) => 0.05 * 1.12 ** step);
  return candidates.reduce((best, each) => (loss(each) < loss(best) ? each : best));
}
