import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Container, JSONObject, OperationInput, SqlQuerySpec } from '@azure/cosmos';
import { z } from 'zod';
import type { Spent } from './charge-meter.ts';
import { CosmosFailure, codeOf, isUnclear } from './cosmos-failure.ts';

/** An item as it is stored; `ops` names the last writes that have made it, the newest last. */
export interface Item {
  id: string;
  pk: string;
  ops: readonly string[];
  [field: string]: unknown;
}

/** An item as it is read, still to be parsed by whoever knows its kind. */
export type Found = Item & { _etag: string };

/** An item put in place of the one read, or (`before` null) where there is none. */
export interface Put {
  put: { id: string; pk: string; [field: string]: unknown };
  before: Found | null;
}

/** An item removed: whatever it has become, or the one with the etag. */
export interface Removal {
  remove: string;
  etag?: string;
}

/** One change in a write. */
export type Change = Put | Removal;

/** What became of a write: done, or nothing changed because the change at an index met another state. */
export type Written = { etag: string; conflict: null } | { etag: null; conflict: number };

/** The items of one container. Every call ends in time: with its answer or with {CosmosFailure}. */
export interface Items {
  read(pk: string, id: string): Promise<Found | null>;
  /** The rows of a query, page by page; in one partition, or (pk null) in all of them, in no order. */
  query(spec: SqlQuerySpec, pk: string | null, pageSize: number): AsyncGenerator<unknown[]>;
  /** Makes the changes in one partition, all or none. The first must be a put. Takes effect once at most. */
  write(pk: string, changes: readonly [Put, ...Change[]]): Promise<Written>;
  /** Removes items of one partition, all or none. False where one is not there, or not with its etag any more. */
  remove(pk: string, removals: readonly Removal[]): Promise<boolean>;
}

export interface ItemsSettings {
  callMs: number;
  spent(operation: Spent['operation'], charge: number): void;
}

/** A write whose outcome was unclear is tried so often, with a longer pause each time. */
const TRIES = 6;
const FIRST_PAUSE_MS = 50;
/** Only the last writes are ever asked for: a writer reads back within seconds. */
const KEPT_OPS = 16;

const foundSchema = z.looseObject({
  id: z.string(),
  pk: z.string(),
  ops: z.array(z.string()),
  _etag: z.string(),
});
const statusesSchema = z.array(z.looseObject({ statusCode: z.number(), eTag: z.string().optional() }));

/** The items of a container of the SDK's. */
export function itemsOf(container: Container, { callMs, spent }: ItemsSettings): Items {
  // The SDK looks at the signal between its retries, not while it waits for one.
  const call = async <T>(what: string, make: (abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    const signal = AbortSignal.timeout(callMs);
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new CosmosFailure(what, 'timeout')), { once: true });
    });
    try {
      return await Promise.race([make(signal), late]);
    } catch (error) {
      throw error instanceof CosmosFailure ? error : new CosmosFailure(what, codeOf(error));
    }
  };

  const readOnce = (pk: string, id: string) =>
    call('read', async (abortSignal) => {
      try {
        const { resource, requestCharge } = await container.item(id, pk).read({ abortSignal });
        spent('read', requestCharge);
        return resource === undefined ? null : (foundSchema.parse(resource) as Found);
      } catch (error) {
        if (codeOf(error) === '404') return null;
        throw error;
      }
    });
  const read = (pk: string, id: string) => again(() => readOnce(pk, id));

  // The outcome of one attempt: a status for each change.
  const attempt = (pk: string, operations: OperationInput[]) =>
    call('write', async (abortSignal) => {
      const { result, headers } = await container.items.batch(operations, pk, { abortSignal });
      spent('write', Number(headers?.['x-ms-request-charge'] ?? 0));
      return statusesSchema.parse(result);
    });

  return {
    read,
    async *query(spec, pk, pageSize) {
      const page = (continuationToken: string | undefined) =>
        again(() =>
          call('query', async (abortSignal) => {
            const options = {
              maxItemCount: pageSize,
              abortSignal,
              ...(pk === null ? {} : { partitionKey: pk }),
            };
            const {
              resources,
              continuationToken: next,
              requestCharge,
            } = await container.items
              .query<unknown>(spec, { ...options, ...(continuationToken ? { continuationToken } : {}) })
              .fetchNext();
            spent('query', requestCharge);
            return { rows: resources ?? [], next };
          }),
        );
      let next: string | undefined;
      do {
        const found = await page(next);
        yield found.rows;
        next = found.next;
      } while (next);
    },

    async write(pk, changes) {
      const op = randomBytes(9).toString('base64url');
      const operations = changes.map((change) => operationOf(change, op));
      const { id } = changes[0].put;
      // Whether this write is in the partition already, though its answer was lost.
      const landed = async () => {
        const found = await read(pk, id);
        if (!found?.ops.includes(op)) return null;
        return found.ops.at(-1) === op ? found._etag : op;
      };
      for (let tries = 1; ; tries += 1) {
        try {
          const statuses = await attempt(pk, operations);
          const failed = statuses.findIndex(({ statusCode }) => statusCode >= 400 && statusCode !== 424);
          if (failed < 0) return { etag: statuses[0]?.eTag ?? '', conflict: null };
          const status = statuses[failed]?.statusCode ?? 0;
          if (![404, 409, 412, 429, 449].includes(status)) throw new CosmosFailure('write', String(status));
          const etag = await landed();
          if (etag !== null) return { etag, conflict: null };
          if (status < 429) return { etag: null, conflict: failed };
          if (tries >= TRIES) throw new CosmosFailure('write', String(status));
        } catch (error) {
          if (!(error instanceof CosmosFailure) || !isUnclear(error.code) || tries >= TRIES) throw error;
          const etag = await landed();
          if (etag !== null) return { etag, conflict: null };
        }
        await pause(tries);
      }
    },

    async remove(pk, removals) {
      const operations = removals.map((removal) => operationOf(removal, ''));
      let isUncertain = false;
      for (let tries = 1; ; tries += 1) {
        try {
          const statuses = await attempt(pk, operations);
          const code = statuses.find(({ statusCode }) => statusCode >= 300 && statusCode !== 424)?.statusCode;
          if (code === undefined) return true;
          // What an unanswered attempt has removed is removed.
          if (code === 404) return isUncertain;
          if (code === 412) return false;
          throw new CosmosFailure('remove', String(code));
        } catch (error) {
          if (!(error instanceof CosmosFailure) || !isUnclear(error.code) || tries >= TRIES) throw error;
          isUncertain = true;
        }
        await pause(tries);
      }
    },
  };
}

function operationOf(change: Change, op: string): OperationInput {
  if ('remove' in change) {
    const { remove: id, etag } = change;
    return { operationType: 'Delete', id, ...(etag === undefined ? {} : { ifMatch: etag }) };
  }
  const { put, before } = change;
  const ops = [...(before?.ops ?? []), op].slice(-KEPT_OPS);
  const resourceBody = { ...put, ops } as unknown as JSONObject;
  return before === null
    ? { operationType: 'Create', resourceBody }
    : { operationType: 'Replace', id: String(put.id), resourceBody, ifMatch: before._etag };
}

// Reading once more changes nothing.
async function again<T>(make: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof CosmosFailure) || !isUnclear(error.code) || tries >= TRIES) throw error;
    }
    await pause(tries);
  }
}

// At random, so that those who have met do not meet again.
function pause(tries: number): Promise<void> {
  return wait(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random()));
}
