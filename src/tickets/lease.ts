import { z } from 'zod';
import { type DocumentStore, EtagMismatch } from './ticket-store.ts';

/** Work that one instance of the service does at a time, though several share a store. */
export interface Lease {
  /**
   * Does the work where this instance holds the lease or can take it; otherwise another does it, and nothing happens.
   * It is held while the work goes on and for a while after, so that whoever has begun goes on doing it; work that asks
   * `isHeld` ends where another has taken it. Returns whether the work was done.
   */
  during(work: (isHeld: () => boolean) => Promise<void>): Promise<boolean>;
}

/** Whoever has not been heard of for so long has ended, and another takes over. */
const HELD_MS = 60_000;
/** So often it is taken again while work goes on. */
const RENEW_MS = 15_000;

const holderSchema = z.object({ holder: z.string() });

/**
 * A lease in the store. `holder` names this instance and no other. It keeps instances from doing the same work twice for
 * nothing; where it is lost unnoticed, or clocks differ, what is done must bear being done twice.
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
      let isHeld = true;
      // A renewal that fails is made good by the next one.
      const renew = async () => {
        isHeld = await take().catch(() => isHeld);
      };
      const renewal = setInterval(() => void renew(), RENEW_MS);
      renewal.unref();
      try {
        await work(() => isHeld);
      } finally {
        clearInterval(renewal);
      }
      return true;
    },
  };
}
