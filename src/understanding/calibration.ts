/** A rising curve from what a model says to how often it is right: points in ascending order, straight in between. */
export type Curve = readonly (readonly [said: number, right: number])[];

/** One decision on a text that was held out: the probability that was said, whether it was right, and its weight. */
export interface Trial {
  said: number;
  right: boolean;
  weight: number;
}

/** As many trials as a point of the curve must at least rest on. */
const LEAST_WEIGHT = 40;

/**
 * Fits the curve by isotonic regression (pool adjacent violators, Barlow et al. 1972) over blocks of trials.
 * Each point stands at the mean of what was said in its block.
 */
export function fitCurve(trials: readonly Trial[]): Curve {
  const sorted = [...trials].sort((a, b) => a.said - b.said);
  const total = sorted.reduce((sum, trial) => sum + trial.weight, 0);
  const least = Math.min(LEAST_WEIGHT, total / 2);
  const blocks: Block[] = [];
  let open: Block = { weight: 0, said: 0, right: 0 };
  for (const [index, { said, right, weight }] of sorted.entries()) {
    open = join(open, { weight, said: weight * said, right: right ? weight : 0 });
    const next = sorted[index + 1];
    // What was said alike is one block; what is left at the end goes to the last.
    if (next && (open.weight < least || next.said === said)) continue;
    if (open.weight < least) open = join(blocks.pop() ?? { weight: 0, said: 0, right: 0 }, open);
    blocks.push(open);
    open = { weight: 0, said: 0, right: 0 };
    for (let last = blocks.length - 1; last > 0; last -= 1) {
      const [before, after] = [blocks[last - 1], blocks[last]];
      if (!before || !after || before.right / before.weight < after.right / after.weight) break;
      blocks.splice(last - 1, 2, join(before, after));
    }
  }
  return blocks.map(({ weight, said, right }) => [said / weight, right / weight] as const);
}

interface Block {
  weight: number;
  said: number;
  right: number;
}

function join(one: Block, other: Block): Block {
  return {
    weight: one.weight + other.weight,
    said: one.said + other.said,
    right: one.right + other.right,
  };
}

/** The value of a curve; before its first and after its last point it is level. An empty curve changes nothing. */
export function readCurve(curve: Curve, said: number): number {
  const after = curve.findIndex(([at]) => at >= said);
  const next = curve[after];
  if (!next) return curve.at(-1)?.[1] ?? said;
  const before = curve[after - 1];
  if (!before) return next[1];
  const share = (said - before[0]) / (next[0] - before[0] || 1);
  return before[1] + share * (next[1] - before[1]);
}
