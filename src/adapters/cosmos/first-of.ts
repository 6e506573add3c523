/**
 * The first rows of all by an order, as they come page by page in none; never keeps more than twice as many as are
 * wanted.
 */
export async function firstOf<Row>(
  pages: AsyncIterable<readonly Row[]>,
  limit: number,
  compare: (one: Row, other: Row) => number,
): Promise<Row[]> {
  let best: Row[] = [];
  for await (const rows of pages) {
    for (const row of rows) {
      best.push(row);
      if (best.length > 2 * limit + 100) best = best.sort(compare).slice(0, limit);
    }
  }
  return best.sort(compare).slice(0, limit);
}
