import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { dropOldLetters, lettersFolder } from './adapters/mail/kept-letters.ts';
import type { Config } from './config.ts';
import type { Stores } from './open-stores.ts';
import { headOf } from './tickets/audit.ts';
import { BATCH, type Courier, deliverDue, type Round } from './tickets/courier.ts';
import { leaseIn } from './tickets/lease.ts';
import { monthsBefore, purgeTickets } from './tickets/retention.ts';

/** What is done again and again beside answering: telling what is due, and forgetting what is past its time. */
export interface Upkeep {
  /** Ends after the rounds under way. */
  stop(): Promise<void>;
}

const PURGE_MS = 15 * 60 * 1000;
const DELIVER_MS = 5_000;

// Work that only one instance at a time should do, by its name; it asks whether it is still its turn.
type Alone = (name: string, work: (isOurs: () => boolean) => Promise<void>) => Promise<void>;

/**
 * Begins the rounds of upkeep. `couriers`: groups that deliver in rounds of their own, by name: a target that takes its
 * time holds up no letter.
 */
export function beginUpkeep(
  stores: Stores,
  couriers: Readonly<Record<string, readonly Courier[]>>,
  { retention, dataDir, cosmos }: Pick<Config, 'retention' | 'dataDir' | 'cosmos'>,
  { clock, logger }: { clock: () => Date; logger: Logger },
): Upkeep {
  const holder = randomUUID();
  // Several instances may share Cosmos DB; the embedded store is one process's own.
  const alone: Alone = async (name, work) => {
    if (cosmos) await leaseIn(stores.documents, name, holder, clock).during(work);
    else await work(() => true);
  };
  const failed = (failure: object) => logger.error(failure, 'a round of upkeep failed');
  const purge = async () => {
    await stores.documents.purge(clock());
    await stores.transcripts.purge(clock());
    await stores.lessons.purge(monthsBefore(clock(), retention.lessonMonths).toISOString().slice(0, 10));
    await purgeTickets(clock(), retention, stores.tickets, stores.audit);
    // Whoever cuts entries off the log's end cannot cut them out of these lines too.
    const [newest] = await stores.audit.latest(1);
    if (newest) logger.info({ head: headOf(newest) }, 'the audit log');
    const charges = stores.charges();
    if (Object.keys(charges).length > 0) logger.info(charges, 'request units');
  };
  const undelivered: Round['undelivered'] = (failure) => logger.warn(failure, 'not delivered');
  const deliver = async (by: readonly Courier[], goesOn: () => boolean) => {
    // A full batch means that more may be due: a code must not wait behind a day's receipts.
    for (let told = BATCH; told >= BATCH && goesOn(); )
      told = await deliverDue(stores.tickets, by, { clock, undelivered, goesOn });
  };
  const dropLetters = async () => {
    await dropOldLetters(lettersFolder(dataDir), clock());
  };
  const rounds = [
    every(PURGE_MS, () => alone('purge', purge), failed),
    // Each instance has letters of its own.
    every(PURGE_MS, dropLetters, failed),
    ...Object.entries(couriers).map(([name, by]) =>
      every(
        DELIVER_MS,
        (isEnding) => alone(name, (isOurs) => deliver(by, () => isOurs() && !isEnding())),
        failed,
      ),
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
