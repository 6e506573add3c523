import type { Ticket } from './ticket.ts';
import type { OutboxEntry, TicketStore } from './ticket-store.ts';

/** Delivers what is to be told, of some kinds. */
export interface Courier {
  kinds: readonly string[];
  /**
   * Tells it: `told`, or nothing is left to tell. A later time: not before then. Rejects where it could not be
   * delivered; then it is tried again later.
   */
  deliver(entry: OutboxEntry, ticket: Ticket, now: Date): Promise<'told' | Date>;
}

/** So many are delivered in one round; where there are as many, more may be due. */
export const BATCH = 50;
const FIRST_WAIT_MS = 30_000;
/** Whoever takes longer to take it has not taken it; the others must not wait for them. */
const DELIVERY_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** Told when something could not be delivered: ids and figures only. */
export type Undelivered = (failure: { entry: string; attempts: number; error: string }) => void;

/**
 * Delivers what is due, oldest first; what fails is put off, twice as long each time. What was delivered may be
 * delivered once more where the process ends between telling and noting it. Returns how many were told.
 */
export async function deliverDue(
  now: Date,
  store: TicketStore,
  couriers: readonly Courier[],
  undelivered: Undelivered,
): Promise<number> {
  const kinds = couriers.flatMap((courier) => courier.kinds);
  let told = 0;
  for (const entry of await store.pending(now, BATCH, kinds)) {
    const courier = couriers.find((each) => each.kinds.includes(entry.kind));
    if (!courier) continue;
    // Whatever is wrong with one of them, even that its ticket cannot be read, holds up no other.
    try {
      const found = await store.byId(entry.ticketId);
      if (!found) throw new TicketMissing();
      const outcome = await within(DELIVERY_MS, courier.deliver(entry, found.ticket, now));
      if (outcome === 'told') {
        await store.sent(entry.id);
        told += 1;
      } else await store.putOff(entry.id, outcome);
    } catch (error) {
      const wait = Math.min(FIRST_WAIT_MS * 2 ** entry.attempts, LONGEST_WAIT_MS);
      await store.putOff(entry.id, new Date(now.getTime() + wait));
      const name = error instanceof Error ? error.name : 'unknown';
      undelivered({ entry: entry.id, attempts: entry.attempts + 1, error: name });
    }
  }
  return told;
}

/** The ticket of an entry was not found: it is purged, or not yet to be seen from here. */
class TicketMissing extends Error {
  constructor() {
    super('the ticket of an outbox entry was not found');
    this.name = 'TicketMissing';
  }
}

/** It took too long. */
class DeliveryTimeout extends Error {
  constructor() {
    super('the delivery took too long');
    this.name = 'DeliveryTimeout';
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeliveryTimeout()), ms);
    timer.unref();
  });
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}
