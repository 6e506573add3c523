/** What one call has cost, in request units. */
export interface Spent {
  container: string;
  operation: 'read' | 'query' | 'write';
  charge: number;
}

/** Sums what calls cost, by container and kind of call, and tells `hear` of each. */
export function chargeMeter(hear?: (spent: Spent) => void) {
  const sums = new Map<string, number>();
  return {
    add(spent: Spent): void {
      const name = `${spent.container}.${spent.operation}`;
      sums.set(name, (sums.get(name) ?? 0) + spent.charge);
      hear?.(spent);
    },
    /** Request units since the start, to two decimals. */
    total: (): Readonly<Record<string, number>> =>
      Object.fromEntries([...sums].map(([name, charge]) => [name, Math.round(charge * 100) / 100])),
  };
}
