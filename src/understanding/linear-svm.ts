import type { SparseRows } from './sparse.ts';

/**
 * Trains one linear classifier: L2-regularised squared hinge loss by dual coordinate descent
 * (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008).
 * `isPositive[i]` says whether row i belongs to the class; the last weight is the bias. Deterministic.
 */
export function trainLinearSvm(
  rows: SparseRows,
  isPositive: Uint8Array,
  width: number,
  { cost = 1, positiveWeight = 1, tolerance = 0.05, maxSweeps = 60 } = {},
): Float64Array {
  const { starts, columns, values } = rows;
  const count = isPositive.length;
  const weights = new Float64Array(width + 1);
  const alphas = new Float64Array(count);
  const diagonal = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    let square = 1; // the bias feature
    for (let k = starts[i]!; k < starts[i + 1]!; k += 1) square += values[k]! * values[k]!;
    diagonal[i] = square;
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const random = sequence(7);
  let active = count;
  for (let sweep = 0; sweep < maxSweeps; sweep += 1) {
    for (let i = active - 1; i > 0; i -= 1) swap(order, i, Math.floor(random() * (i + 1)));
    let worst = 0;
    for (let position = 0; position < active; position += 1) {
      const i = order[position]!;
      const sign = isPositive[i] ? 1 : -1;
      const damping = 1 / (2 * cost * (isPositive[i] ? positiveWeight : 1));
      const from = starts[i]!;
      const to = starts[i + 1]!;
      let score = weights[width]!;
      for (let k = from; k < to; k += 1) score += weights[columns[k]!]! * values[k]!;
      const alpha = alphas[i]!;
      const gradient = sign * score - 1 + alpha * damping;
      if (alpha === 0 && gradient > 0) {
        // Far on the right side: leave it out until the last check.
        if (gradient > 0.5) {
          active -= 1;
          swap(order, position, active);
          position -= 1;
        }
        continue;
      }
      worst = Math.max(worst, Math.abs(gradient));
      const next = Math.max(alpha - gradient / (diagonal[i]! + damping), 0);
      const step = (next - alpha) * sign;
      if (step === 0) continue;
      alphas[i] = next;
      for (let k = from; k < to; k += 1) weights[columns[k]!]! += step * values[k]!;
      weights[width]! += step;
    }
    if (worst < tolerance) {
      if (active === count) break;
      active = count;
    }
  }
  return weights;
}

function swap(order: Uint32Array, a: number, b: number): void {
  const kept = order[a]!;
  order[a] = order[b]!;
  order[b] = kept;
}

/** A fixed pseudo-random sequence in [0, 1): the same input must give the same model. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
