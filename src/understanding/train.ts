import type { Content } from '../content/content.ts';
import { type MeaningKind, meaningKinds } from '../content/dialogs-schema.ts';
import type { Example, RelationExample } from '../content/examples.ts';
import { type Curve, fitCurve, type Trial } from './calibration.ts';
import { classify } from './classifier.ts';
import { deciderOf } from './decide.ts';
import { featuresWith } from './features.ts';
import { kindOf, labelsIn, meaningsFrom } from './meaning.ts';
import type { Model } from './model.ts';
import { logSoftmax } from './network.ts';
import { type Row, trainClassifier } from './train-classifier.ts';

/** The bank is cut into so many folds, whole passes in each, so that none is judged on its own author. */
const FOLDS = 2;
/** Every so many-th example is asked of the network that has not seen it: enough to fit a curve. */
const EVERY = 3;

/** A text that was held out: what it means, what was said of it, and how much it counts. */
interface HeldOut {
  label: string;
  logs: Float64Array;
  weight: number;
}

/** Trains the understanding of a notice from its example utterances. Deterministic: same input, same bytes. */
export async function trainModel(
  examples: readonly Example[],
  relations: readonly RelationExample[],
  content: Content,
  hash: string,
): Promise<Model> {
  const rows = rowsOf(examples, content);
  const passFolds = foldsOf(examples);
  const foldOf = rows.map((_, row) => {
    const example = examples[row];
    return example ? (passFolds.get(example.pass) ?? 0) : -1;
  });
  const read = featuresWith(content.thesaurus);
  const { classifier, folds } = await trainClassifier(rows, read, foldOf);
  const related = await trainClassifier(relations, read);
  const { labels } = classifier;
  const shifts = shiftsOf(labels, rows, content);
  const weights = new Map(labels.map((label, position) => [label, Math.exp(shifts[position] ?? 0)]));
  const complete = completePasses(examples, content);
  const heldOut = examples.flatMap(({ text, locale, pass }, row): HeldOut[] => {
    const { label } = rows[row] ?? {};
    const network = folds[foldOf[row] ?? 0];
    if (!network || label === undefined || row % EVERY !== 0 || !complete.has(pass)) return [];
    return [
      {
        label,
        logs: classify(text, locale, { ...classifier, networks: [network] }),
        weight: weights.get(label) ?? 1,
      },
    ];
  });
  const temperature = fitTemperature(heldOut, labels);
  return {
    hash,
    classifier,
    relations: related.classifier,
    temperature,
    shifts,
    curve: calibrate(heldOut, labels, { temperature, shifts }, content),
  };
}

/** What is learnt from: the examples, in their order, then the notice's own words; what it says twice is one label. */
export function rowsOf(examples: readonly Example[], content: Content): Row[] {
  return [...examples, ...ownTexts(content)].map(({ text, label, locale }) => ({
    text,
    label: content.passages.get(label)?.quotedAs ?? label,
    locale,
  }));
}

/**
 * What is added to the logarithm of each label's probability, because people mean the kinds of things more or less
 * often than the bank has examples of them.
 */
export function shiftsOf(labels: readonly string[], rows: readonly Row[], content: Content): number[] {
  const { expected } = content.decisions;
  const counts = countKinds(rows, content);
  const total = meaningKinds.reduce((sum, kind) => sum + expected[kind], 0);
  return labels.map((label) => {
    const kind = kindOf(label, content);
    return Math.log(((expected[kind] / total) * rows.length) / (counts.get(kind) ?? 1));
  });
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
 * The passes that hold every kind of meaning: one author's picture of what people write. The others were written to
 * be hard, or of one kind, and would make confidence too low.
 */
function completePasses(examples: readonly Example[], content: Content): ReadonlySet<string> {
  const kinds = new Map<string, Set<MeaningKind>>();
  for (const { pass, label } of examples) {
    const found = kinds.get(pass) ?? new Set();
    kinds.set(pass, found.add(kindOf(label, content)));
  }
  return new Set([...kinds].filter(([, found]) => found.size === meaningKinds.length).map(([pass]) => pass));
}

/** The fold of every pass: the largest first, each to the fold that is smallest so far. */
export function foldsOf(examples: readonly Example[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { pass } of examples) sizes.set(pass, (sizes.get(pass) ?? 0) + 1);
  const filled = new Array<number>(FOLDS).fill(0);
  const largestFirst = [...sizes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return new Map(
    largestFirst.map(([pass, size]) => {
      const fold = filled.indexOf(Math.min(...filled));
      filled[fold] = (filled[fold] ?? 0) + size;
      return [pass, fold];
    }),
  );
}

function countKinds(rows: readonly Row[], content: Content): ReadonlyMap<MeaningKind, number> {
  const counts = new Map<MeaningKind, number>();
  for (const { label } of rows) {
    const kind = kindOf(label, content);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** The temperature at which held-out rows are least surprising (lowest mean log loss). */
function fitTemperature(rows: readonly HeldOut[], labels: readonly string[]): number {
  const loss = (temperature: number) =>
    rows.reduce((sum, { label, logs, weight }) => {
      const right = labels.indexOf(label);
      return sum - weight * (logSoftmax(logs.map((log) => log / temperature))[right] ?? 0);
    }, 0);
  const candidates = Array.from({ length: 10 }, (_, step) => 0.5 * 1.1 ** step);
  return candidates.reduce((best, each) => (loss(each) < loss(best) ? each : best));
}

function calibrate(
  rows: readonly HeldOut[],
  labels: readonly string[],
  scaling: Pick<Model, 'temperature' | 'shifts'>,
  content: Content,
): Curve {
  const decider = deciderOf(content);
  const all = labelsIn(labels, content);
  const trials = rows.flatMap(({ label, logs, weight }): Trial[] => {
    const decision = decider.decide(meaningsFrom(logs, all, scaling));
    const [done] = decision.meanings;
    if (!done || decision.do === 'clarify') return [];
    return [{ said: decision.confidence, right: decider.isRight(done.label, label), weight }];
  });
  return fitCurve(trials);
}
