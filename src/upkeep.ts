import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Stores } from './open-stores.ts';
import { BATCH, type Courier, deliverDue, type Undelivered } from './tickets/courier.ts';
import { leaseIn } from './tickets/lease.ts';
import { monthsBefore, purgeTickets } from './tickets/retention.ts';

/** What is done again and again beside answering: telling what is due, and forgetting what is past its time. */
export interface Upkeep {
  /** Ends after the rounds under way. */
  stop(): Promise<void>;
}

const PURGE_MS = 15 * 60 * 1000;
const DELIVER_MS = 5_000;

/** Work that only one instance at a time may do, by its name. */
export type Alone = (name: string, work: () => Promise<void>) => Promise<void>;

/** Several instances may share Cosmos DB: a lease lets one of them work. The embedded store is one process's own. */
export function aloneIn({ documents }: Pick<Stores, 'documents'>, config: Config, clock: () => Date): Alone {
  const holder = randomUUID();
  return async (name, work) => {
    if (config.cosmos) await leaseIn(documents, name, holder, clock).during(work);
    else await work();
  };
}

/**
 * Begins the rounds of upkeep. `couriers`: groups that deliver in rounds of their own, by name: a target that takes its
 * time holds up no letter.
 */
export function beginUpkeep(
  stores: Stores,
  couriers: Readonly<Record<string, readonly Courier[]>>,
  { retention }: Pick<Config, 'retention'>,
  { alone, clock, logger }: { alone: Alone; clock: () => Date; logger: Logger },
): Upkeep {
  const failed = (failure: object) => logger.error(failure, 'a round of upkeep failed');
  const purge = async () => {
    await stores.documents.purge(clock());
    await stores.transcripts.purge(clock());
    await stores.lessons.purge(monthsBefore(clock(), retention.lessonMonths).toISOString().slice(0, 10));
    await purgeTickets(clock(), retention, stores.tickets, stores.audit);
    const charges = stores.charges();
    if (Object.keys(charges).length > 0) logger.info(charges, 'request units');
  };
  const deliver = (by: readonly Courier[]) => async (isEnding: () => boolean) => {
    const undelivered: Undelivered = (failure) => logger.warn(failure, 'not delivered');
    // A full batch means that more may be due: a code must not wait behind a day's receipts.
    for (let told = BATCH; told >= BATCH && !isEnding(); )
      told = await deliverDue(clock(), stores.tickets, by, undelivered);
  };
  const rounds = [
    every(PURGE_MS, () => alone('purge', purge), failed),
    ...Object.entries(couriers).map(([name, by]) =>
      every(DELIVER_MS, (isEnding) => alone(name, () => deliver(by)(isEnding)), failed),
    ),
  ];
  return {
    async stop() {
      await Promise.all(rounds.map((round) => round.stop()));
    },
  };
}

// The first round at once, then one at a time; stopping waits for the one under way.
function every(
  ms: number,
  work: (isEnding: () => boolean) => Promise<void>,
  failed: (failure: object) => void,
): Upkeep {
  let round = Promise.resolve();
  let isBusy = false;
  let isEnding = false;
  const begin = () => {
    if (isBusy) return;
    isBusy = true;
    round = work(() => isEnding)
      .catch((error: unknown) => failed({ error: error instanceof Error ? error.name : 'unknown' }))
      .finally(() => {
        isBusy = false;
      });
  };
  begin();
  const timer = setInterval(begin, ms);
  timer.unref();
  return {
    async stop() {
      isEnding = true;
      clearInterval(timer);
      await round;
    },
  };
}
