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
// The bank has more wishes for each question than life has; the rest is fitted.
const BASE_STARTS = meaningKinds.map((kind) => (kind === 'request' ? -0.15 : 0));
/** The share of held-out questions that may be declined, so that what the notice does not answer is declined too. */
const FALSE_REFUSALS = 0.13;
/** Every so many-th example is held out to fit what training cannot. */
const HELD_OUT = 5;

/** Trains one joint model over passages, intents and declining. Deterministic: the same input gives the same bytes. */
export function trainModel(examples: readonly Example[], content: Content, hash: string): Model {
  const kept = examples.filter((_, index) => index % HELD_OUT !== 0);
  const heldOut = examples.filter((_, index) => index % HELD_OUT === 0);
  const trial = fit(kept, content);
  const headStarts = fitHeadStarts(trial, heldOut);
  const temperature = fitTemperature({ ...trial, headStarts }, heldOut);
  return { ...fit(examples, content), hash, headStarts, temperature };
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
    headStarts: BASE_STARTS,
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

/**
 * Gives declining the largest head start at which no more than FALSE_REFUSALS of the held-out questions are declined.
 * Without it the many passages win over the one "the notice does not say".
 */
function fitHeadStarts(model: Model, rows: readonly Row[]): readonly number[] {
  const isDecline = model.kindOf.map((kind) => isDeclining(model.kinds[kind]));
  const isQuestion = new Set(
    model.labels.filter((_, label) => model.kinds[model.kindOf[label]!] === 'question'),
  );
  const leads = rows
    .filter((row) => isQuestion.has(row.label))
    .map((row) => {
      const scores = scoreLabels(vectorise(features(row.text, row.locale), model.vocabulary), model);
      const best = (declining: boolean) =>
        scores.reduce(
          (top, score, label) => (isDecline[label] === declining ? Math.max(top, score) : top),
          Number.NEGATIVE_INFINITY,
        );
      return best(false) - best(true);
    })
    .sort((a, b) => a - b);
  const lead = Math.max(0, leads[Math.floor(leads.length * FALSE_REFUSALS)] ?? 0);
  return model.kinds.map((kind, position) => (isDeclining(kind) ? lead : model.headStarts[position]!));
}

function isDeclining(kind: MeaningKind | undefined): boolean {
  return kind === 'unanswerable' || kind === 'out_of_scope';
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
