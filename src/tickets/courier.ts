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
/** Whoever takes longer to take it has not taken it; the others must not wait for them. */
const DELIVERY_MS = 30_000;
/** Longer than a delivery may take: what is being told is not told by somebody else beside it. */
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** How a round goes. */
export interface Round {
  clock(): Date;
  /** Told when something could not be delivered: ids and figures only. */
  undelivered(failure: { entry: string; attempts: number; error: string }): void;
  /** Asked before each entry; false ends the round. */
  goesOn?(): boolean;
}

/**
 * Delivers what is due, oldest first; what fails is due again later, twice as long each time. An entry is claimed before
 * it is told: what cannot be noted is not told, and of two that want to tell it one does. It may be told once more where
 * the process ends between telling and noting it. Returns how many were told.
 */
export async function deliverDue(
  store: TicketStore,
  couriers: readonly Courier[],
  { clock, undelivered, goesOn = () => true }: Round,
): Promise<number> {
  const kinds = couriers.flatMap((courier) => courier.kinds);
  let told = 0;
  for (const entry of await store.pending(clock(), BATCH, kinds)) {
    if (!goesOn()) break;
    const courier = couriers.find((each) => each.kinds.includes(entry.kind));
    const now = clock();
    const wait = Math.min(FIRST_WAIT_MS * 2 ** entry.attempts, LONGEST_WAIT_MS);
    // Whatever is wrong with one of them, even that its ticket cannot be read, holds up no other.
    try {
      if (!courier || !(await store.claim(entry, new Date(now.getTime() + wait)))) continue;
      const found = await store.byId(entry.ticketId);
      if (!found) throw new TicketMissing();
      const outcome = await within(DELIVERY_MS, courier.deliver(entry, found.ticket, now));
      if (outcome === 'told') {
        await store.sent(entry.id);
        told += 1;
      } else await store.putOff(entry.id, outcome);
    } catch (error) {
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
