import { z } from 'zod';
import { type DocumentStore, EtagMismatch } from '../../tickets/ticket-store.ts';
import { changeItem } from './change-item.ts';
import { conditions } from './conditions.ts';
import type { Found } from './items.ts';
import type { Cosmos } from './open-cosmos.ts';
import { removeItem } from './remove-item.ts';
import { secondsUntil } from './seconds-until.ts';

const DOCUMENT = 'document';
const PAGE = 100;
const documentSchema = z.object({ body: z.string(), expires: z.iso.datetime(), _etag: z.string() });
const placeSchema = z.object({ pk: z.string(), _etag: z.string() });

/**
 * Documents that expire, in Cosmos DB; each has a partition of its own. The database removes what has expired by
 * itself; what it has not got to yet is not given out.
 */
export function cosmosDocuments({
  documents: items,
  tenant,
}: Pick<Cosmos, 'documents' | 'tenant'>): DocumentStore {
  const pkOf = (key: string) => `${tenant}:${key}`;
  const live = (found: Found | null, now: Date) => {
    const document = found ? documentSchema.parse(found) : null;
    return document && document.expires > now.toISOString() ? document : null;
  };
  return {
    async read(keys, now) {
      const found = await Promise.all(
        keys.map(async (key) => [key, live(await items.read(pkOf(key), DOCUMENT), now)] as const),
      );
      return new Map(
        found.flatMap(([key, document]) =>
          document
            ? [[key, { value: JSON.parse(document.body) as unknown, etag: document._etag }] as const]
            : [],
        ),
      );
    },
    async write(key, value, etag, now, expires) {
      const put = {
        tenant,
        body: JSON.stringify(value),
        expires: expires.toISOString(),
        ttl: secondsUntil(expires, now),
      };
      const written = await changeItem(items, pkOf(key), DOCUMENT, (before) => {
        if (etag !== '*' && etag !== (live(before, now)?._etag ?? null)) throw new EtagMismatch('document');
        return { put };
      });
      return written ?? '';
    },
    async delete(keys) {
      await Promise.all(keys.map((key) => removeItem(items, pkOf(key), DOCUMENT)));
    },
    async purge(now) {
      const expired = conditions().is('tenant', tenant).compare('expires', '<=', now.toISOString());
      let removed = 0;
      for await (const rows of items.query(expired.select(['pk', '_etag']), null, PAGE))
        for (const row of rows) {
          const { pk, _etag } = placeSchema.parse(row);
          if (await items.remove(pk, [{ remove: DOCUMENT, etag: _etag }])) removed += 1;
        }
      return removed;
    },
  };
}
