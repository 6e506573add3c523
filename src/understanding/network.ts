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

/**
 * The score of every label for a text: what the networks say in the mean. Scores are logarithms of probabilities but
 * for a number that is the same for all labels; adding them first costs one softmax however many vote, or none.
 */
export function vote(vector: SparseVector, networks: readonly Network[]): Float64Array {
  const [first] = networks;
  if (!first) throw new RangeError('a vote needs a network');
  const scores = new Float64Array(first.labels);
  for (const network of networks) addScores(scores, vector, network, 1 / networks.length);
  return scores;
}

function addScores(scores: Float64Array, vector: SparseVector, network: Network, share: number): void {
  const { hidden, labels, input, scales, output, outputBias } = network;
  const units = Float64Array.from(network.hiddenBias);
  for (let at = 0; at < vector.columns.length; at += 1) {
    const column = vector.columns[at]!;
    const value = vector.values[at]! * scales[column]!;
    const row = column * hidden;
    for (let unit = 0; unit < hidden; unit += 1) units[unit]! += value * input[row + unit]!;
  }
  for (let label = 0; label < labels; label += 1) scores[label]! += share * outputBias[label]!;
  // Four active units at a time: the scores are read and written once for four.
  const active: number[] = [];
  for (let unit = 0; unit < hidden; unit += 1) if (units[unit]! > 0) active.push(unit);
  let each = 0;
  for (; each + 3 < active.length; each += 4) {
    const [a, b, c, d] = [active[each]!, active[each + 1]!, active[each + 2]!, active[each + 3]!];
    const [p, q, r, s] = [units[a]! * share, units[b]! * share, units[c]! * share, units[d]! * share];
    const [i, j, k, l] = [a * labels, b * labels, c * labels, d * labels];
    for (let label = 0; label < labels; label += 1)
      scores[label]! +=
        p * output[i + label]! + q * output[j + label]! + r * output[k + label]! + s * output[l + label]!;
  }
  for (; each < active.length; each += 1) {
    const unit = active[each]!;
    const value = units[unit]! * share;
    const row = unit * labels;
    for (let label = 0; label < labels; label += 1) scores[label]! += value * output[row + label]!;
  }
}

/** Scores as logarithms of probabilities. */
export function logSoftmax(scores: Float64Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > top) top = score;
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - top);
  const shift = top + Math.log(sum);
  const logs = new Float64Array(scores.length);
  for (let label = 0; label < scores.length; label += 1) logs[label] = scores[label]! - shift;
  return logs;
}
