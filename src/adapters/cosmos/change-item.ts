import { CosmosFailure } from './cosmos-failure.ts';
import type { Change, Found, Items } from './items.ts';

/** Whoever meets others so often gives up: that is no meeting any more. */
const ROUNDS = 200;

/** What an item is to become, and what else is to change in its partition with it; null: nothing is to be done. */
export type Next = { put: Record<string, unknown>; also?: readonly Change[] } | null;

/**
 * Reads an item, decides what becomes of it and writes that, anew as often as somebody else was faster. Returns the
 * new etag, or null where nothing was to be done.
 * @throws {CosmosFailure} where others are always faster.
 */
export async function changeItem(
  items: Items,
  pk: string,
  id: string,
  decide: (before: Found | null) => Next | Promise<Next>,
): Promise<string | null> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await items.read(pk, id);
    const next = await decide(before);
    if (!next) return null;
    const put = { ...next.put, id, pk };
    const { etag } = await items.write(pk, [{ put, before }, ...(next.also ?? [])]);
    if (etag !== null) return etag;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(round, 20) * 5));
  }
  throw new CosmosFailure('write', 'contended');
}
