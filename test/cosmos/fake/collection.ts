import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isBefore, type Query, type Row } from './query.ts';
import { Refusal } from './refusal.ts';

const ITEM_BYTES = 2 * 1024 * 1024;
const BATCH_BYTES = 2 * 1024 * 1024;
const BATCH_OPERATIONS = 100;
/** So many physical partitions: a query over all of them comes to one after the other. */
const RANGES = 3;

/** An item with the marks of the service's. */
export type Stored = Row & { id: string; pk: string; _etag: string; _ts: number };

const itemSchema = z.looseObject({
  id: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/\\?#]*[^/\\?# ]$/),
  pk: z.string().max(2048),
  ttl: z.union([z.literal(-1), z.number().int().positive()]).optional(),
});
export const operationsSchema = z.array(
  z.discriminatedUnion('operationType', [
    z.strictObject({ operationType: z.literal('Create'), resourceBody: z.unknown() }),
    z.strictObject({
      operationType: z.literal('Replace'),
      id: z.string(),
      resourceBody: z.unknown(),
      ifMatch: z.string().optional(),
    }),
    z.strictObject({ operationType: z.literal('Delete'), id: z.string(), ifMatch: z.string().optional() }),
  ]),
);
export type Operation = z.infer<typeof operationsSchema>[number];

/** What a batch has come to: one result for each of its operations. */
export interface BatchOutcome {
  isDone: boolean;
  results: { statusCode: number; eTag?: string; requestCharge: number; resourceBody?: Stored }[];
}

/** The items of one container of the fake. */
export class Collection {
  readonly #items = new Map<string, Stored>();
  readonly #expires: boolean;
  readonly #clock: () => number;

  constructor(expires: boolean, clock: () => number) {
    this.#expires = expires;
    this.#clock = clock;
  }

  /** @throws {Refusal} 404 where it is not there. */
  read(pk: string, id: string): Stored {
    const found = this.#find(pk, id);
    if (!found) throw new Refusal(404, 'Entity with the specified id does not exist in the system.');
    return found;
  }

  /** All operations or none, in their order. */
  batch(pk: string, operations: readonly Operation[]): BatchOutcome {
    if (operations.length === 0 || operations.length > BATCH_OPERATIONS)
      throw new Refusal(400, 'A batch must have from 1 to 100 operations.');
    if (Buffer.byteLength(JSON.stringify(operations)) > BATCH_BYTES)
      throw new Refusal(413, 'Request size is too large');
    const before = new Map(this.#items);
    const results: BatchOutcome['results'] = [];
    for (const operation of operations) {
      try {
        results.push(this.#apply(pk, operation));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.#items.clear();
        for (const [key, item] of before) this.#items.set(key, item);
        const failed = results.length;
        return {
          isDone: false,
          results: operations.map((_, at) => ({
            statusCode: at === failed ? error.status : 424,
            requestCharge: at === failed ? 1 : 0,
          })),
        };
      }
    }
    return { isDone: true, results };
  }

  /** Rows after a place, at most so many, and the place to go on from; a page may be empty and not the last. */
  query(query: Query, pk: string | null, after: string | null, limit: number) {
    const [range, skip] = after ? after.split('.').map(Number) : [0, 0];
    if (range === undefined || skip === undefined || !(range >= 0 && range < RANGES && skip >= 0))
      throw new Refusal(400, 'Invalid continuation token');
    const rows = this.all()
      .filter((item) => (pk === null ? rangeOf(item.pk) === range : item.pk === pk))
      .filter((item) => query.fits(item));
    const { order } = query;
    if (order) {
      const sign = order.isDescending ? -1 : 1;
      rows.sort((one, other) => (isBefore(one[order.by], other[order.by]) ? -sign : sign));
    } else rows.sort((one, other) => (hashOf(one.pk + one.id) < hashOf(other.pk + other.id) ? -1 : 1));
    const page = rows.slice(skip, skip + limit).map((item) => query.project(item));
    if (skip + limit < rows.length) return { page, next: `${range}.${skip + limit}` };
    return { page, next: pk === null && range + 1 < RANGES ? `${range + 1}.0` : null };
  }

  /** Everything that has not expired. */
  all(): Stored[] {
    return [...this.#items.values()].filter((item) => this.#isAlive(item));
  }

  #apply(pk: string, operation: Operation): BatchOutcome['results'][number] {
    if (operation.operationType === 'Delete') {
      this.#match(pk, operation.id, operation.ifMatch);
      this.#items.delete(keyOf(pk, operation.id));
      return { statusCode: 204, requestCharge: 6.29 };
    }
    const parsed = itemSchema.safeParse(operation.resourceBody);
    if (!parsed.success) throw new Refusal(400, 'The item does not fit.');
    const { data } = parsed;
    if (data.pk !== pk) throw new Refusal(400, 'The partition key is not that of the item.');
    if (Buffer.byteLength(JSON.stringify(data)) > ITEM_BYTES)
      throw new Refusal(413, 'Request size is too large');
    if (operation.operationType === 'Create') {
      if (this.#find(pk, data.id)) throw new Refusal(409, 'Entity with the specified id already exists.');
    } else {
      if (operation.id !== data.id) throw new Refusal(400, 'The id is not that of the item.');
      this.#match(pk, data.id, operation.ifMatch);
    }
    const item: Stored = { ...data, _etag: `"${randomUUID()}"`, _ts: Math.floor(this.#clock() / 1000) };
    this.#items.set(keyOf(pk, data.id), item);
    const statusCode = operation.operationType === 'Create' ? 201 : 200;
    return { statusCode, eTag: item._etag, requestCharge: 6.29, resourceBody: item };
  }

  #match(pk: string, id: string, etag: string | undefined): void {
    const found = this.read(pk, id);
    if (etag !== undefined && etag !== found._etag)
      throw new Refusal(412, 'Operation cannot be performed because one of the preconditions is not met.');
  }

  #find(pk: string, id: string): Stored | undefined {
    const found = this.#items.get(keyOf(pk, id));
    return found && this.#isAlive(found) ? found : undefined;
  }

  #isAlive({ ttl, _ts }: Stored): boolean {
    return !this.#expires || typeof ttl !== 'number' || ttl === -1 || this.#clock() < (_ts + ttl) * 1000;
  }
}

function keyOf(pk: string, id: string): string {
  return JSON.stringify([pk, id]);
}

function rangeOf(pk: string): number {
  return Number.parseInt(hashOf(pk).slice(0, 8), 16) % RANGES;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
