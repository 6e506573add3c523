import type { Network } from './network.ts';
import type { SparseRows } from './sparse.ts';

/** What a network is trained on: some rows of a matrix, each with the number of its label. */
export interface Lesson {
  matrix: SparseRows;
  /** The rows to learn from. */
  rows: Uint32Array;
  /** The label of every row of the matrix. */
  labelOf: Uint16Array;
  /** How many features and labels there are. */
  width: number;
  labels: number;
  /** Passes over the rows. */
  epochs: number;
  seed: number;
}

const HIDDEN = 64;
/** The share of a text's features, and of the hidden units, left out at each step, so that none is relied upon alone. */
const DROPPED = 0.3;
/** The share of a row's weight given to all labels alike: it keeps the network from being too sure (Szegedy 2016). */
const SMOOTHING = 0.05;
const RATE = 0.05;
const BIAS_RATE = 0.3 * RATE;
/** A gradient smaller than this is taken for none: most labels are out of the question after the first epoch. */
const SILENT = 1e-3;
const UINT_RANGE = 2 ** 32;
const DROP_BELOW = Math.floor(DROPPED * UINT_RANGE);
const KEPT = 1 / (1 - DROPPED);

/**
 * Trains a network: cross-entropy, one row a step, with a learning rate of its own for every feature's row of weights
 * (Adagrad, Duchi et al. 2011) that falls to nothing over the epochs. Deterministic: the same lesson gives the same bytes.
 */
export function trainNetwork(lesson: Lesson): Network {
  const { matrix, rows, labelOf, width, labels, epochs } = lesson;
  const { starts, columns, values } = matrix;
  const random = xorshift(lesson.seed);
  const around = (size: number) => () => ((random() + random() + random()) / UINT_RANGE - 1.5) * size;
  const input = Float32Array.from({ length: width * HIDDEN }, around(0.15));
  const output = Float32Array.from({ length: HIDDEN * labels }, around(2 / Math.sqrt(HIDDEN)));
  const hiddenBias = new Float32Array(HIDDEN);
  const outputBias = new Float32Array(labels);
  const inputSquares = new Float64Array(width).fill(1e-4);
  const outputSquares = new Float64Array(HIDDEN).fill(1e-3);
  const hiddenBiasSquares = new Float64Array(HIDDEN).fill(1e-3);
  const outputBiasSquares = new Float64Array(labels).fill(1e-3);
  const order = Uint32Array.from(rows);
  const scores = new Float64Array(labels);
  const units = new Float64Array(HIDDEN);
  const unitGradients = new Float64Array(HIDDEN);
  const active = new Int32Array(HIDDEN);
  const loud = new Int32Array(labels);
  const gradients = new Float64Array(labels);
  const taken = new Uint32Array(longest(starts));
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const rate = RATE * (1.02 - epoch / epochs);
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = Math.floor((random() / UINT_RANGE) * (i + 1));
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    for (let step = 0; step < order.length; step += 1) {
      const row = order[step]!;
      // Forward: the features that are not dropped, the units that are positive and not dropped, the scores.
      units.set(hiddenBias);
      let features = 0;
      for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
        if (random() < DROP_BELOW) continue;
        taken[features] = at;
        features += 1;
        const value = values[at]! * KEPT;
        let weight = columns[at]! * HIDDEN;
        for (let unit = 0; unit < HIDDEN; unit += 4, weight += 4) {
          units[unit]! += value * input[weight]!;
          units[unit + 1]! += value * input[weight + 1]!;
          units[unit + 2]! += value * input[weight + 2]!;
          units[unit + 3]! += value * input[weight + 3]!;
        }
      }
      scores.set(outputBias);
      let actives = 0;
      for (let unit = 0; unit < HIDDEN; unit += 1) {
        unitGradients[unit] = 0;
        if (random() < DROP_BELOW || units[unit]! <= 0) continue;
        active[actives] = unit;
        actives += 1;
        const value = units[unit]! * KEPT;
        units[unit] = value;
        let weight = unit * labels;
        for (let label = 0; label < labels; label += 1, weight += 1) scores[label]! += value * output[weight]!;
      }
      // The gradient of the scores, for the labels that matter.
      let top = Number.NEGATIVE_INFINITY;
      for (let label = 0; label < labels; label += 1) if (scores[label]! > top) top = scores[label]!;
      let sum = 0;
      for (let label = 0; label < labels; label += 1) {
        const power = Math.exp(scores[label]! - top);
        scores[label] = power;
        sum += power;
      }
      const right = labelOf[row]!;
      let louds = 0;
      let square = 0;
      for (let label = 0; label < labels; label += 1) {
        const wanted = SMOOTHING / labels + (label === right ? 1 - SMOOTHING : 0);
        const gradient = scores[label]! / sum - wanted;
        if (gradient < SILENT && gradient > -SILENT) continue;
        loud[louds] = label;
        gradients[louds] = gradient;
        louds += 1;
        square += gradient * gradient;
      }
      // Backward: output weights, hidden units, input weights.
      let unitSquare = 0;
      for (let each = 0; each < actives; each += 1) {
        const unit = active[each]!;
        const value = units[unit]!;
        outputSquares[unit]! += (value * value * square) / labels;
        const stride = (rate * value) / Math.sqrt(outputSquares[unit]!);
        let gradient = 0;
        for (let position = 0; position < louds; position += 1) {
          const weight = unit * labels + loud[position]!;
          const before = output[weight]!;
          gradient += gradients[position]! * before;
          output[weight] = before - stride * gradients[position]!;
        }
        gradient *= KEPT;
        unitGradients[unit] = gradient;
        unitSquare += gradient * gradient;
        hiddenBiasSquares[unit]! += gradient * gradient;
        hiddenBias[unit]! -= (BIAS_RATE * (rate / RATE) * gradient) / Math.sqrt(hiddenBiasSquares[unit]!);
      }
      for (let position = 0; position < louds; position += 1) {
        const label = loud[position]!;
        const gradient = gradients[position]!;
        outputBiasSquares[label]! += gradient * gradient;
        outputBias[label]! -= (BIAS_RATE * (rate / RATE) * gradient) / Math.sqrt(outputBiasSquares[label]!);
      }
      for (let each = 0; each < features; each += 1) {
        const at = taken[each]!;
        const value = values[at]! * KEPT;
        const column = columns[at]!;
        inputSquares[column]! += (unitSquare / HIDDEN) * value * value;
        const stride = (rate * value) / Math.sqrt(inputSquares[column]!);
        let weight = column * HIDDEN;
        for (let unit = 0; unit < HIDDEN; unit += 4, weight += 4) {
          input[weight]! -= stride * unitGradients[unit]!;
          input[weight + 1]! -= stride * unitGradients[unit + 1]!;
          input[weight + 2]! -= stride * unitGradients[unit + 2]!;
          input[weight + 3]! -= stride * unitGradients[unit + 3]!;
        }
      }
    }
  }
  return { hidden: HIDDEN, labels, ...asBytes(input, width), hiddenBias, output, outputBias };
}

function asBytes(weights: Float32Array, width: number): Pick<Network, 'input' | 'scales'> {
  const input = new Int8Array(weights.length);
  const scales = new Float32Array(width);
  for (let row = 0; row < width; row += 1) {
    let largest = 1e-9;
    for (let at = row * HIDDEN; at < (row + 1) * HIDDEN; at += 1)
      largest = Math.max(largest, Math.abs(weights[at]!));
    scales[row] = largest / 127;
    for (let at = row * HIDDEN; at < (row + 1) * HIDDEN; at += 1)
      input[at] = Math.round((weights[at]! / largest) * 127);
  }
  return { input, scales };
}

function longest(starts: Uint32Array): number {
  let most = 0;
  for (let row = 1; row < starts.length; row += 1) most = Math.max(most, starts[row]! - starts[row - 1]!);
  return most;
}

/** A fixed pseudo-random sequence of 32-bit numbers (Marsaglia 2003): the same seed must give the same network. */
function xorshift(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
