import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type DocumentStore, EtagMismatch } from './ticket-store.ts';

/** Keeps one address from being flooded with letters that anybody can have sent to it. */
export interface Pace {
  /**
   * Counts one more letter of a kind, known by its id, to an address. False: there have been enough in a day. The same
   * letter counts once, however often it is asked for.
   */
  take(kind: string, address: string, id: string, now: Date): Promise<boolean>;
}

/** More than one person or office needs of one kind in a day; what goes beyond waits for the next one. */
const A_DAY = 20;
const DAY_MS = 24 * 3_600_000;

const countedSchema = z.object({ ids: z.array(z.string()), until: z.iso.datetime() });

/** The pace kept in documents, under a keyed hash of the address. */
export function paceIn(documents: DocumentStore, secret: Uint8Array): Pace {
  return {
    async take(kind, address, id, now) {
      const known = createHmac('sha256', secret).update(`pace\0${address.toLowerCase()}`).digest('hex');
      const key = `pace/${kind}/${known}`;
      for (;;) {
        const found = (await documents.read([key], now)).get(key);
        const { ids, until } = found
          ? countedSchema.parse(found.value)
          : { ids: [], until: new Date(now.getTime() + DAY_MS).toISOString() };
        if (ids.includes(id)) return true;
        if (ids.length >= A_DAY) return false;
        try {
          await documents.write(key, { ids: [...ids, id], until }, found?.etag ?? null, now, new Date(until));
          return true;
        } catch (error) {
          if (!(error instanceof EtagMismatch)) throw error;
        }
      }
    },
  };
}
