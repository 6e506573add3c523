import type { Content } from '../content/content.ts';
import type { MeaningKind } from '../content/dialogs-schema.ts';
import type { Model } from './model.ts';
import { logSoftmax } from './network.ts';

/** One thing a text may mean: a passage id or an intent id, with its probability. */
export interface Meaning {
  label: string;
  kind: MeaningKind;
  probability: number;
}

/** What kind of meaning a label stands for: what is no intent is a passage, and so a question. */
export function kindOf(label: string, content: Content): MeaningKind {
  return content.intents.get(label)?.kind ?? 'question';
}

/** Every meaning with its probability in life, likeliest first, from what a classifier says. */
export function meaningsFrom(
  logs: Float64Array,
  labels: readonly string[],
  { temperature, shifts }: Pick<Model, 'temperature' | 'shifts'>,
  content: Content,
): Meaning[] {
  const shifted = logSoftmax(logs.map((log, label) => log / temperature + (shifts[label] ?? 0)));
  return labels
    .map((label, position) => ({
      label,
      kind: kindOf(label, content),
      probability: Math.exp(shifted[position] ?? Number.NEGATIVE_INFINITY),
    }))
    .sort((a, b) => b.probability - a.probability);
}
