import type { Content } from '../content/content.ts';
import { type MeaningKind, meaningKinds } from '../content/dialogs-schema.ts';
import type { Model } from './model.ts';
import { logSoftmax } from './network.ts';

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
  kinds: readonly MeaningKind[];
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
    kinds: all.map((label) => kindOf(label, content)),
    positions: new Map(all.map((label, position) => [label, position])),
  };
}

/** The meanings of a text in life, from what a classifier says of it. */
export function meaningsFrom(
  logs: Float64Array,
  labels: Labels,
  { temperature, shifts }: Pick<Model, 'temperature' | 'shifts'>,
): Meanings {
  const shifted = logSoftmax(logs.map((log, label) => log / temperature + (shifts[label] ?? 0)));
  return meaningsOf(shifted.map(Math.exp), labels);
}

/** Meanings from the probability of every label. */
export function meaningsOf(probabilities: Float64Array, labels: Labels): Meanings {
  const ofKind = Object.fromEntries(meaningKinds.map((kind) => [kind, 0])) as Record<MeaningKind, number>;
  // The likeliest, in order: a label goes in where it beats the last of them.
  const best: number[] = [];
  let last = 0;
  for (const [position, probability] of probabilities.entries()) {
    ofKind[labels.kinds[position] ?? 'question'] += probability;
    if (best.length >= SPELT_OUT && probability <= last) continue;
    let at = best.length;
    while (at > 0 && (probabilities[best[at - 1] ?? 0] ?? 0) < probability) at -= 1;
    best.splice(at, 0, position);
    if (best.length > SPELT_OUT) best.pop();
    last = probabilities[best.at(-1) ?? 0] ?? 0;
  }
  return {
    likeliest: best.map((position) => ({
      label: labels.all[position] ?? '',
      kind: labels.kinds[position] ?? 'question',
      probability: probabilities[position] ?? 0,
    })),
    ofKind,
    of: (label) => probabilities[labels.positions.get(label) ?? -1] ?? 0,
  };
}
