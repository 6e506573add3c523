import type { Content } from '../content/content.ts';
import type { Example } from '../content/examples.ts';
import { features } from './features.ts';
import { trainLinearSvm } from './linear-svm.ts';
import { type MeaningKind, meaningKinds } from './meaning-kind.ts';
import { type Model, scoreLabels } from './model.ts';
import { softmax } from './softmax.ts';
import { stack } from './sparse.ts';
import { learnVocabulary, vectorise } from './vocabulary.ts';

/** A text to learn from. */
export type Row = Pick<Example, 'text' | 'label' | 'locale'>;

const COST = 3;
/** Every so many-th example is held out to fit the temperature. */
const HELD_OUT = 5;

/** Trains one joint model over passages, intents and declining. Deterministic: the same input gives the same bytes. */
export function trainModel(examples: readonly Example[], content: Content, hash: string): Model {
  const kept = examples.filter((_, index) => index % HELD_OUT !== 0);
  const heldOut = examples.filter((_, index) => index % HELD_OUT === 0);
  const temperature = fitTemperature(fit(kept, content), heldOut);
  return { ...fit(examples, content), hash, temperature };
}

/** Fits the weights on all rows and the notice's own words; not yet calibrated. */
export function fit(examples: readonly Row[], content: Content): Model {
  const rows = [...examples, ...ownTexts(content)];
  const kindOfLabel = (label: string): MeaningKind => content.intents.get(label)?.kind ?? 'question';
  const counts = rows.map((row) => features(row.text, row.locale));
  const vocabulary = learnVocabulary(counts);
  const matrix = stack(counts.map((each) => vectorise(each, vocabulary)));
  const labels = [...new Set(rows.map((row) => row.label))].sort();
  const columns = [
    ...labels.map((label) => (row: Row) => row.label === label),
    ...meaningKinds.map((kind) => (row: Row) => kindOfLabel(row.label) === kind),
  ];
  const width = vocabulary.index.size;
  const weights = new Int8Array(width * columns.length);
  const scales = new Float64Array(columns.length);
  const biases = new Float64Array(columns.length);
  for (const [position, belongs] of columns.entries()) {
    const isPositive = Uint8Array.from(rows, (row) => (belongs(row) ? 1 : 0));
    const trained = trainLinearSvm(matrix, isPositive, width, { cost: COST });
    let largest = 1e-9;
    for (let feature = 0; feature < width; feature += 1)
      largest = Math.max(largest, Math.abs(trained[feature]!));
    scales[position] = largest / 127;
    biases[position] = trained[width]!;
    for (let feature = 0; feature < width; feature += 1)
      weights[feature * columns.length + position] = Math.round((trained[feature]! / largest) * 127);
  }
  const kindOf = labels.map((label) => meaningKinds.indexOf(kindOfLabel(label)));
  return {
    hash: '',
    labels,
    kinds: meaningKinds,
    kindOf,
    vocabulary,
    biases,
    scales,
    weights,
    temperature: 1,
  };
}

// The notice's own sentences and the topics count as examples of their passages.
function ownTexts(content: Content): Row[] {
  return [...content.passages.values()].flatMap((passage) => [
    { text: passage.text, label: passage.id, locale: 'sv' as const },
    { text: passage.topic.sv, label: passage.id, locale: 'sv' as const },
    { text: passage.topic.en, label: passage.id, locale: 'en' as const },
  ]);
}

/** The temperature at which held-out rows are least surprising (lowest mean log loss). */
function fitTemperature(model: Model, rows: readonly Row[]): number {
  const scored = rows.flatMap((row) => {
    const right = model.labels.indexOf(row.label);
    return right < 0
      ? []
      : [{ scores: scoreLabels(vectorise(features(row.text, row.locale), model.vocabulary), model), right }];
  });
  const loss = (temperature: number) =>
    scored.reduce(
      (sum, { scores, right }) => sum - Math.log(Math.max(1e-12, softmax(scores, temperature)[right] ?? 0)),
      0,
    );
  const candidates = Array.from({ length: 30 }, (_, step) => 0.05 * 1.12 ** step);
  return candidates.reduce((best, each) => (loss(each) < loss(best) ? each : best));
}
