import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { authorize } from './authorization.ts';
import { Collection, operationsSchema } from './collection.ts';
import { type Fault, Faults, type Kind } from './faults.ts';
import { readQuery } from './query.ts';
import { Refusal } from './refusal.ts';

const containerSchema = z.looseObject({
  id: z.string(),
  partitionKey: z.looseObject({ paths: z.tuple([z.literal('/pk')]) }),
  defaultTtl: z.number().int().optional(),
});
const keySchema = z.tuple([z.string()]);

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** A fake of the database's protocol on a port of this machine: strict, in memory, with faults to order. */
export interface FakeCosmos {
  endpoint: string;
  key: string;
  faults: Faults;
  /** Lets the service's clock run ahead. */
  pass(ms: number): void;
  /** What a container of the first database holds. */
  items(container: string): Record<string, unknown>[];
  /** How many requests came, by kind. */
  requests: Record<string, number>;
  close(): Promise<void>;
}

/** How long after the client has gone a late write is done. */
const LATE_MS = 450;

/** Starts a fake with no database in it. */
export async function startFakeCosmos(): Promise<FakeCosmos> {
  const key = randomBytes(64).toString('base64');
  const databases = new Map<string, Map<string, { shape: unknown; collection: Collection }>>();
  const faults = new Faults();
  const requests: Record<string, number> = {};
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  let lsn = 0;

  const collectionOf = (database: string, container: string) => {
    const found = databases.get(database)?.get(container);
    if (!found) throw new Refusal(404, 'Owner resource does not exist', { 'x-ms-substatus': '1003' });
    return found;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://fake').pathname;
    const body = await text(request);
    if (!request.headers['x-ms-version']) throw new Refusal(400, 'x-ms-version is missing');
    // The real service compares with its own clock; what runs ahead here is for what expires.
    authorize(request, path, key, Date.now());
    const [, , database = '', , container = '', , id = ''] = path.split('/').map(decodeURIComponent);
    const parts = path.split('/').filter(Boolean);
    const feed = `${request.method} ${parts.filter((_, at) => at % 2 === 0).join('/')}${parts.length % 2 ? '/' : ''}`;
    const given = () => JSON.parse(body) as unknown;
    if (feed === 'POST dbs/') {
      const { id: name } = z.looseObject({ id: z.string() }).parse(given());
      if (databases.has(name)) throw new Refusal(409, 'Resource with specified id already exists.');
      databases.set(name, new Map());
      return say(response, { status: 201, body: { id: name } });
    }
    if (feed === 'GET dbs') {
      if (!databases.has(database)) throw new Refusal(404, 'Resource Not Found');
      return say(response, { status: 200, body: { id: database } });
    }
    if (feed === 'POST dbs/colls/') {
      const shape = containerSchema.parse(given());
      const containers = databases.get(database);
      if (!containers) throw new Refusal(404, 'Owner resource does not exist');
      if (containers.has(shape.id)) throw new Refusal(409, 'Resource with specified id already exists.');
      const collection = new Collection(shape.defaultTtl !== undefined, clock);
      containers.set(shape.id, { shape, collection });
      return say(response, { status: 201, body: shape });
    }
    if (feed === 'GET dbs/colls')
      return say(response, { status: 200, body: collectionOf(database, container).shape });
    const { collection } = collectionOf(database, container);
    const headers = request.headers;
    const pk = headers['x-ms-documentdb-partitionkey'];
    const partition = typeof pk === 'string' ? partitionOf(pk) : null;
    if (feed === 'GET dbs/colls/docs')
      return withFault('read', container, body, request, response, () => {
        if (partition === null) throw new Refusal(400, 'PartitionKey value must be supplied.');
        const item = collection.read(partition, id);
        return { status: 200, body: item, headers: { etag: item._etag, ...charge(1.04) } };
      });
    if (feed !== 'POST dbs/colls/docs/') throw new Refusal(405, `not served here: ${feed}`);
    // The SDK asks for a plan beside every query and needs none for what is served here.
    if (headers['x-ms-cosmos-is-query-plan-request']) throw new Refusal(400, 'No query plans here.');
    if (headers['x-ms-documentdb-isquery'] === 'true') {
      return withFault('query', container, body, request, response, () => {
        if (headers['content-type'] !== 'application/query+json') throw new Refusal(400, 'Not a query.');
        if (partition === null && headers['x-ms-documentdb-query-enablecrosspartition'] !== 'true')
          throw new Refusal(400, 'Cross partition query is required but disabled.');
        const query = readQuery(given(), partition !== null);
        const after = headers['x-ms-continuation'];
        const limit = Number(headers['x-ms-max-item-count'] ?? 100);
        const { page, next } = collection.query(query, partition, after ? String(after) : null, limit);
        const more = next ? { 'x-ms-continuation': next } : {};
        return {
          status: 200,
          body: { Documents: page, _count: page.length },
          headers: { ...more, ...charge(2.83 + 0.05 * page.length) },
        };
      });
    }
    if (
      headers['x-ms-cosmos-is-batch-request'] === 'true' ||
      headers['x-ms-cosmos-is-batch-request'] === 'True'
    ) {
      return withFault('batch', container, body, request, response, () => {
        if (!/^true$/i.test(String(headers['x-ms-cosmos-batch-atomic'])))
          throw new Refusal(400, 'Not atomic.');
        if (partition === null) throw new Refusal(400, 'PartitionKey value must be supplied.');
        const operations = operationsSchema.safeParse(given());
        if (!operations.success) throw new Refusal(400, 'The operations do not fit.');
        const { isDone, results } = collection.batch(partition, operations.data);
        const spent = results.reduce((sum, { requestCharge }) => sum + requestCharge, 0);
        return { status: isDone ? 200 : 207, body: results, headers: charge(spent) };
      });
    }
    throw new Refusal(405, 'items are written in batches here');
  };

  const withFault = async (
    kind: Kind,
    container: string,
    body: string,
    request: IncomingMessage,
    response: ServerResponse,
    act: () => Answer,
  ) => {
    requests[kind] = (requests[kind] ?? 0) + 1;
    const fault = faults.take(kind, container, body);
    if (!fault) return say(response, act());
    const [what, when] = fault.split('-') as [Fault, string | undefined];
    if (fault === 'late') {
      setTimeout(() => act(), LATE_MS);
      return;
    }
    if (when === 'after') act();
    if (what.startsWith('reset')) return request.socket.destroy();
    if (what.startsWith('silence')) return;
    const soon: Record<string, string> =
      what === '429' ? { 'x-ms-retry-after-ms': '20', 'x-ms-substatus': '3200' } : {};
    throw new Refusal(Number(what), 'ordered', soon);
  };

  const say = (response: ServerResponse, { status, body, headers }: Answer) => {
    lsn += 1;
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-ms-activity-id': '00000000-0000-0000-0000-000000000000',
      'x-ms-session-token': `0:-1#${lsn}`,
      ...headers,
    });
    response.end(JSON.stringify(body));
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (error instanceof Refusal)
        say(response, {
          status: error.status,
          body: { code: String(error.status), message: error.message },
          headers: { ...charge(1), ...error.headers },
        });
      else say(response, { status: 500, body: { code: '500', message: String(error) } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    key,
    faults,
    pass(ms) {
      ahead += ms;
    },
    items: (container) =>
      [...databases.values()].flatMap((each) => each.get(container)?.collection.all() ?? []),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function charge(units: number): Record<string, string> {
  return { 'x-ms-request-charge': String(units) };
}

function partitionOf(header: string): string {
  const parsed = keySchema.safeParse(JSON.parse(header));
  if (!parsed.success) throw new Refusal(400, 'Partition key is invalid.');
  return parsed.data[0];
}
