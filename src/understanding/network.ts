import type { SparseVector } from './sparse.ts';

/**
 * A classifier with one hidden layer of rectified units. The weights of the input are bytes with a scale a feature,
 * so that the whole is small on disk; the rest is as it was trained.
 */
export interface Network {
  hidden: number;
  labels: number;
  /** One row of `hidden` bytes a feature. */
  input: Int8Array;
  /** What a byte of each feature's row is worth. */
  scales: Float32Array;
  hiddenBias: Float32Array;
  /** One row of `labels` weights a hidden unit. */
  output: Float32Array;
  outputBias: Float32Array;
}

/** The logarithm of every label's probability for a text. */
export function logProbabilities(vector: SparseVector, network: Network): Float64Array {
  const { hidden, labels, input, scales, output } = network;
  const units = Float64Array.from(network.hiddenBias);
  for (let at = 0; at < vector.columns.length; at += 1) {
    const column = vector.columns[at]!;
    const value = vector.values[at]! * scales[column]!;
    const row = column * hidden;
    for (let unit = 0; unit < hidden; unit += 1) units[unit]! += value * input[row + unit]!;
  }
  const scores = Float64Array.from(network.outputBias);
  for (let unit = 0; unit < hidden; unit += 1) {
    const active = units[unit]!;
    if (active <= 0) continue;
    const row = unit * labels;
    for (let label = 0; label < labels; label += 1) scores[label]! += active * output[row + label]!;
  }
  return logSoftmax(scores);
}

/** The mean of what several networks say, scaled so that the probabilities make one. */
export function ensemble(vector: SparseVector, networks: readonly Network[]): Float64Array {
  const [first, ...others] = networks.map((network) => logProbabilities(vector, network));
  if (!first) throw new RangeError('an ensemble needs a network');
  for (const other of others)
    for (let label = 0; label < first.length; label += 1) first[label]! += other[label]!;
  return logSoftmax(first.map((sum) => sum / networks.length));
}

/** Scores as logarithms of probabilities. */
export function logSoftmax(scores: Float64Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) top = Math.max(top, score);
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - top);
  const shift = top + Math.log(sum);
  return scores.map((score) => score - shift);
}
