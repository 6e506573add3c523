import type { Content } from '../content/content.ts';
import { type MeaningKind, meaningKinds } from '../content/dialogs-schema.ts';
import type { Model } from './model.ts';

/** One thing a text may mean: a passage id or an intent id, with its probability. */
export interface Meaning {
  label: string;
  kind: MeaningKind;
  probability: number;
}

/** Everything a text may mean; only the likeliest are spelt out, so that a long notice costs little more. */
export interface Meanings {
  /** Likeliest first. */
  likeliest: readonly Meaning[];
  /** The probability of all meanings of a kind together. */
  ofKind: Readonly<Record<MeaningKind, number>>;
  /** The probability of one label; 0 where there is no such label. */
  of(label: string): number;
}

/** So many are spelt out. */
const SPELT_OUT = 24;

/** The labels that there are, in the order in which probabilities come, with their kinds. */
export interface Labels {
  all: readonly string[];
  /** Of each label, the place of its kind among the kinds. */
  kindAt: Uint8Array;
  positions: ReadonlyMap<string, number>;
}

/** What kind of meaning a label stands for: what is no intent is a passage, and so a question. */
export function kindOf(label: string, content: Content): MeaningKind {
  return content.intents.get(label)?.kind ?? 'question';
}

/** Labels with the kinds that they have in a content. */
export function labelsIn(all: readonly string[], content: Content): Labels {
  return {
    all,
    kindAt: Uint8Array.from(all, (label) => meaningKinds.indexOf(kindOf(label, content))),
    positions: new Map(all.map((label, position) => [label, position])),
  };
}

/** The meanings of a text in life, from a classifier's scores or logarithms of probabilities. */
export function meaningsFrom(
  scores: Float64Array,
  labels: Labels,
  { temperature, shifts }: Pick<Model, 'temperature' | 'shifts'>,
): Meanings {
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > top) top = score;
  const weights = new Float64Array(scores.length);
  let sum = 0;
  for (let label = 0; label < scores.length; label += 1) {
    // Below the top, and shifts are small: no power overflows.
    const weight = Math.exp(((scores[label] ?? 0) - top) / temperature + (shifts[label] ?? 0));
    weights[label] = weight;
    sum += weight;
  }
  return meaningsOf(weights, labels, sum);
}

/** Meanings from the weight of every label, which are probabilities where their sum is 1. */
export function meaningsOf(weights: Float64Array, labels: Labels, sum = 1): Meanings {
  const sums = new Float64Array(meaningKinds.length);
  // The likeliest, in order: a label goes in where it beats the last of them.
  const best: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let position = 0; position < weights.length; position += 1) {
    const weight = weights[position] ?? 0;
    const kind = labels.kindAt[position] ?? 0;
    sums[kind] = (sums[kind] ?? 0) + weight;
    if (weight <= last) continue;
    let at = best.length;
    while (at > 0 && (weights[best[at - 1] ?? 0] ?? 0) < weight) at -= 1;
    best.splice(at, 0, position);
    if (best.length > SPELT_OUT) best.pop();
    if (best.length === SPELT_OUT) last = weights[best.at(-1) ?? 0] ?? 0;
  }
  const ofKind = Object.fromEntries(meaningKinds.map((kind, at) => [kind, (sums[at] ?? 0) / sum]));
  return {
    likeliest: best.map((position) => ({
      label: labels.all[position] ?? '',
      kind: meaningKinds[labels.kindAt[position] ?? 0] ?? 'question',
      probability: (weights[position] ?? 0) / sum,
    })),
    ofKind: ofKind as Record<MeaningKind, number>,
    of: (label) => (weights[labels.positions.get(label) ?? -1] ?? 0) / sum,
  };
}
