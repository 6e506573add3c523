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

const HIDDEN = 96;
/** The share of a text's features, and of the hidden units, left out at each step, so that none is relied upon alone. */
const DROPPED = 0.3;
/** The share of a row's weight given to all labels alike: it keeps the network from being too sure (Szegedy 2016). */
const SMOOTHING = 0.05;
const RATE = 0.05;
/** What biases learn at, of the rate of weights. */
const BIAS_SHARE = 0.3;
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
  // The sums of squared gradients that the rates are divided by.
  const inputSquares = new Float64Array(width).fill(1e-4);
  const outputSquares = new Float64Array(HIDDEN).fill(1e-3);
  const hiddenBiasSquares = new Float64Array(HIDDEN).fill(1e-3);
  const outputBiasSquares = new Float64Array(labels).fill(1e-3);
  // What one step works on: the features that are kept, the units that are active, the labels whose gradient matters.
  const size = longest(starts);
  const features: Terms = { rows: new Int32Array(size), factors: new Float64Array(size), count: 0 };
  const units: Terms = { rows: new Int32Array(HIDDEN), factors: new Float64Array(HIDDEN), count: 0 };
  const active = new Int32Array(HIDDEN);
  const unitGradients = new Float64Array(HIDDEN);
  const loud = new Int32Array(labels);
  const gradients = new Float64Array(labels);
  const sums = new Float64Array(HIDDEN);
  const scores = new Float64Array(labels);
  const order = Uint32Array.from(rows);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const rate = RATE * (1.02 - epoch / epochs);
    shuffle(order, random);
    for (const row of order) {
      features.count = 0;
      for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
        if (random() < DROP_BELOW) continue;
        features.rows[features.count] = columns[at]! * HIDDEN;
        features.factors[features.count] = values[at]! * KEPT;
        features.count += 1;
      }
      sums.set(hiddenBias);
      addRows(sums, input, features);
      units.count = 0;
      for (let unit = 0; unit < HIDDEN; unit += 1) {
        if (random() < DROP_BELOW || sums[unit]! <= 0) continue;
        active[units.count] = unit;
        units.rows[units.count] = unit * labels;
        units.factors[units.count] = sums[unit]! * KEPT;
        units.count += 1;
      }
      scores.set(outputBias);
      addRows(scores, output, units);

      let top = Number.NEGATIVE_INFINITY;
      for (let label = 0; label < labels; label += 1) if (scores[label]! > top) top = scores[label]!;
      let sum = 0;
      for (let label = 0; label < labels; label += 1) {
        scores[label] = Math.exp(scores[label]! - top);
        sum += scores[label]!;
      }
      let louds = 0;
      let square = 0;
      for (let label = 0; label < labels; label += 1) {
        const wanted = SMOOTHING / labels + (label === labelOf[row] ? 1 - SMOOTHING : 0);
        const gradient = scores[label]! / sum - wanted;
        if (gradient < SILENT && gradient > -SILENT) continue;
        loud[louds] = label;
        gradients[louds] = gradient;
        louds += 1;
        square += gradient * gradient;
        outputBiasSquares[label]! += gradient * gradient;
        outputBias[label]! -= (BIAS_SHARE * rate * gradient) / Math.sqrt(outputBiasSquares[label]!);
      }

      let unitSquare = 0;
      for (let each = 0; each < units.count; each += 1) {
        const unit = active[each]!;
        const value = units.factors[each]!;
        outputSquares[unit]! += (value * value * square) / labels;
        const stride = (rate * value) / Math.sqrt(outputSquares[unit]!);
        let gradient = 0;
        for (let position = 0; position < louds; position += 1) {
          const weight = units.rows[each]! + loud[position]!;
          const before = output[weight]!;
          gradient += gradients[position]! * before;
          output[weight] = before - stride * gradients[position]!;
        }
        gradient *= KEPT;
        unitGradients[each] = gradient;
        unitSquare += gradient * gradient;
        hiddenBiasSquares[unit]! += gradient * gradient;
        hiddenBias[unit]! -= (BIAS_SHARE * rate * gradient) / Math.sqrt(hiddenBiasSquares[unit]!);
      }
      for (let each = 0; each < features.count; each += 1) {
        const value = features.factors[each]!;
        const column = features.rows[each]! / HIDDEN;
        inputSquares[column]! += (unitSquare / HIDDEN) * value * value;
        features.factors[each] = (rate * value) / Math.sqrt(inputSquares[column]!);
      }
      descend(input, features, active, unitGradients, units.count);
    }
  }
  return { hidden: HIDDEN, labels, ...asBytes(input, width), hiddenBias, output, outputBias };
}

/** Rows of a table, by where each begins, with a factor each. */
interface Terms {
  rows: Int32Array;
  factors: Float64Array;
  count: number;
}

// Both work on four rows at a time, which halves their time: the sums are read and written once for four.

/** Adds the rows of a table to sums, each times its factor. */
function addRows(sums: Float64Array, table: Float32Array, { rows, factors, count }: Terms): void {
  let each = 0;
  for (; each + 3 < count; each += 4) {
    const [a, b, c, d] = [rows[each]!, rows[each + 1]!, rows[each + 2]!, rows[each + 3]!];
    const [p, q, r, s] = [factors[each]!, factors[each + 1]!, factors[each + 2]!, factors[each + 3]!];
    for (let at = 0; at < sums.length; at += 1)
      sums[at]! += p * table[a + at]! + q * table[b + at]! + r * table[c + at]! + s * table[d + at]!;
  }
  for (; each < count; each += 1) {
    const [a, p] = [rows[each]!, factors[each]!];
    for (let at = 0; at < sums.length; at += 1) sums[at]! += p * table[a + at]!;
  }
}

/** Takes from the rows of a table, at the active places alone, the gradient there times the row's factor. */
function descend(
  table: Float32Array,
  { rows, factors, count }: Terms,
  active: Int32Array,
  gradients: Float64Array,
  actives: number,
): void {
  let each = 0;
  for (; each + 3 < count; each += 4) {
    const [a, b, c, d] = [rows[each]!, rows[each + 1]!, rows[each + 2]!, rows[each + 3]!];
    const [p, q, r, s] = [factors[each]!, factors[each + 1]!, factors[each + 2]!, factors[each + 3]!];
    for (let position = 0; position < actives; position += 1) {
      const at = active[position]!;
      const gradient = gradients[position]!;
      table[a + at]! -= p * gradient;
      table[b + at]! -= q * gradient;
      table[c + at]! -= r * gradient;
      table[d + at]! -= s * gradient;
    }
  }
  for (; each < count; each += 1) {
    const [a, p] = [rows[each]!, factors[each]!];
    for (let position = 0; position < actives; position += 1)
      table[a + active[position]!]! -= p * gradients[position]!;
  }
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor((random() / UINT_RANGE) * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
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
