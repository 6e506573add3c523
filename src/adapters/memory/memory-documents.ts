import { type DocumentStore, EtagMismatch } from '../../tickets/ticket-store.ts';

/** Documents that expire, in memory. */
export function memoryDocuments(): DocumentStore {
  const documents = new Map<string, { value: string; etag: string; expires: Date }>();
  let writes = 0;
  const live = (key: string, now: Date) => {
    const found = documents.get(key);
    return found && found.expires > now ? found : null;
  };
  return {
    async read(keys, now) {
      const found = keys.flatMap((key) => {
        const document = live(key, now);
        return document
          ? [[key, { value: JSON.parse(document.value) as unknown, etag: document.etag }] as const]
          : [];
      });
      return new Map(found);
    },
    async write(key, value, etag, now, expires) {
      if (etag !== '*' && etag !== (live(key, now)?.etag ?? null)) throw new EtagMismatch('document');
      writes += 1;
      documents.set(key, { value: JSON.stringify(value), etag: String(writes), expires });
      return String(writes);
    },
    async delete(keys) {
      for (const key of keys) documents.delete(key);
    },
    async purge(now) {
      const expired = [...documents].filter(([, document]) => document.expires <= now);
      for (const [key] of expired) documents.delete(key);
      return expired.length;
    },
  };
}
