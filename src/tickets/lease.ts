import { z } from 'zod';
import { type DocumentStore, EtagMismatch } from './ticket-store.ts';

/** Work that one instance of the service does at a time, though several share a store. */
export interface Lease {
  /**
   * Does the work where this instance holds the lease or can take it; otherwise another does it, and nothing happens.
   * It is held while the work goes on and for a while after, so that whoever has begun goes on doing it. Returns
   * whether the work was done.
   */
  during(work: () => Promise<void>): Promise<boolean>;
}

/** Whoever has not been heard of for so long has ended, and another takes over. */
const HELD_MS = 60_000;
/** So often it is taken again while work goes on. */
const RENEW_MS = 15_000;

const holderSchema = z.object({ holder: z.string() });

/**
 * A lease in the store. `holder` names this instance and no other. An instance that has lost sight of the store for
 * longer than a minute in the middle of its work may end it beside another.
 */
export function leaseIn(documents: DocumentStore, name: string, holder: string, clock: () => Date): Lease {
  const key = `lease:${name}`;
  const take = async (): Promise<boolean> => {
    const now = clock();
    const found = (await documents.read([key], now)).get(key);
    if (found && holderSchema.parse(found.value).holder !== holder) return false;
    try {
      await documents.write(key, { holder }, found?.etag ?? null, now, new Date(now.getTime() + HELD_MS));
      return true;
    } catch (error) {
      if (error instanceof EtagMismatch) return false;
      throw error;
    }
  };
  return {
    async during(work) {
      if (!(await take())) return false;
      // A renewal that fails is made good by the next one, or shows when the work is begun again.
      const renewal = setInterval(() => void take().catch(() => false), RENEW_MS);
      renewal.unref();
      try {
        await work();
      } finally {
        clearInterval(renewal);
      }
      return true;
    },
  };
}
