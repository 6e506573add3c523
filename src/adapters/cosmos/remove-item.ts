import { CosmosFailure } from './cosmos-failure.ts';
import type { Items } from './items.ts';

const ROUNDS = 50;

/**
 * Removes an item as it is when it is read. An attempt that comes late, after somebody has made the item anew, removes
 * nothing.
 * @throws {CosmosFailure} where others change it again and again.
 */
export async function removeItem(items: Items, pk: string, id: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await items.read(pk, id);
    if (!found || (await items.remove(pk, [{ remove: id, etag: found._etag }]))) return;
  }
  throw new CosmosFailure('remove', 'contended');
}
