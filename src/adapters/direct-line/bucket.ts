/** How often something may happen: so many a second in the long run, and so many at once. */
export interface Rate {
  perSecond: number;
  burst: number;
}

// Above this many names, those that have rested are let go of: a name costs some hundred bytes.
const MANY = 10_000;

/**
 * A token bucket for each name. Taking from one gives 0, or where it is empty the seconds until there is something
 * in it again.
 */
export function buckets({ perSecond, burst }: Rate, clock: () => Date): (name: string) => number {
  const levels = new Map<string, { level: number; at: number }>();
  return (name) => {
    const now = clock().getTime();
    const before = levels.get(name) ?? { level: burst, at: now };
    const levelNow = ({ level, at }: { level: number; at: number }) =>
      Math.min(burst, level + (Math.max(0, now - at) / 1000) * perSecond);
    const level = levelNow(before);
    if (levels.size > MANY)
      for (const [each, state] of levels) if (levelNow(state) >= burst) levels.delete(each);
    if (level < 1) {
      levels.set(name, { level, at: now });
      return Math.ceil((1 - level) / perSecond);
    }
    levels.set(name, { level: level - 1, at: now });
    return 0;
  };
}
