import type { Container, ContainerRequest, CosmosClient } from '@azure/cosmos';
import { chargeMeter, type Spent } from './charge-meter.ts';
import { CosmosFailure, codeOf } from './cosmos-failure.ts';
import { type Items, itemsOf } from './items.ts';

/** Where the database is and how it is spoken to. */
export interface CosmosSettings {
  /** Such as https://NAME.documents.azure.com:443/; http on this machine alone. */
  endpoint: string;
  /** The account's key, base64. */
  key: string;
  database: string;
  /** Begins every partition's key, so that several services can share a database. */
  tenant: string;
  /** How long a call may take, with its retries; how long one request may. */
  callMs?: number;
  requestMs?: number;
  /** Hears of every charge as it is spent: figures only. */
  spent?: (spent: Spent) => void;
  /** Regions are found from the account; not behind a proxy, and not with the emulator. */
  findsRegions?: boolean;
}

const rooms = ['tickets', 'documents', 'transcripts', 'lessons', 'audit'] as const;

/** The open database: its containers, by what they hold. */
export interface Cosmos extends Record<(typeof rooms)[number], Items> {
  tenant: string;
  /** Whether the database answers. */
  isReady(): Promise<boolean>;
  /** Request units since the start, by container and kind of call. */
  charges(): Readonly<Record<string, number>>;
  close(): void;
}

const CALL_MS = 20_000;
const REQUEST_MS = 5_000;
const TENANT = /^[a-z0-9-]{1,40}$/;

/**
 * Opens the database and creates what is not there yet. The SDK is loaded here, where it is wanted: it costs a quarter
 * of a second.
 * @throws {CosmosFailure} where the account does not answer, or refuses the key.
 * @throws {RangeError} where a setting cannot be used.
 */
export async function openCosmos(settings: CosmosSettings): Promise<Cosmos> {
  const { endpoint, key, tenant, callMs = CALL_MS, requestMs = REQUEST_MS } = settings;
  refuseUnsafe(endpoint, tenant);
  const { CosmosClient } = await import('@azure/cosmos');
  const client = new CosmosClient({
    endpoint,
    key,
    // The SDK sends session tokens only where this is said; without them a read may not see the write before it.
    consistencyLevel: 'Session',
    connectionPolicy: {
      requestTimeout: requestMs,
      enableEndpointDiscovery: settings.findsRegions ?? false,
      // An answer of 429 says when to come again, and nothing was done: the SDK waits and asks again.
      retryOptions: {
        maxRetryAttemptCount: 9,
        fixedRetryIntervalInMilliseconds: 0,
        maxWaitTimeInSeconds: 30,
      },
    },
  });
  const containers = await create(client, settings.database, callMs).catch((error: unknown) => {
    client.dispose();
    throw new CosmosFailure('open', codeOf(error));
  });
  const meter = chargeMeter(settings.spent);
  const items = (room: (typeof rooms)[number]) =>
    itemsOf(containers[room], {
      callMs,
      spent: (operation, charge) => meter.add({ container: room, operation, charge }),
    });
  return {
    tenant,
    tickets: items('tickets'),
    documents: items('documents'),
    transcripts: items('transcripts'),
    lessons: items('lessons'),
    audit: items('audit'),
    isReady: () =>
      containers.tickets.read({ abortSignal: AbortSignal.timeout(requestMs) }).then(
        () => true,
        () => false,
      ),
    charges: meter.total,
    close: () => client.dispose(),
  };
}

type Containers = Record<(typeof rooms)[number], Container>;

async function create(client: CosmosClient, name: string, callMs: number): Promise<Containers> {
  const abortSignal = AbortSignal.timeout(callMs);
  const { database } = await met(() => client.databases.createIfNotExists({ id: name }, { abortSignal }));
  const open = async (room: (typeof rooms)[number]) => {
    const shape = shapeOf(room);
    return (await met(() => database.containers.createIfNotExists(shape, { abortSignal }))).container;
  };
  return {
    tickets: await open('tickets'),
    documents: await open('documents'),
    transcripts: await open('transcripts'),
    lessons: await open('lessons'),
    audit: await open('audit'),
  };
}

// Where another instance starts at the same moment, it has made what was about to be made: then it is there.
async function met<T>(make: () => Promise<T>): Promise<T> {
  return make().catch((error: unknown) => {
    if (codeOf(error) !== '409') throw error;
    return make();
  });
}

// Items expire only where they say so themselves. What is never asked for is not indexed: writing it costs less.
function shapeOf(id: string): ContainerRequest {
  return {
    id,
    partitionKey: { paths: ['/pk'], version: 2 },
    defaultTtl: -1,
    indexingPolicy: {
      indexingMode: 'consistent',
      automatic: true,
      includedPaths: [{ path: '/*' }],
      excludedPaths: [{ path: '/body/?' }, { path: '/ops/*' }, { path: '/"_etag"/?' }],
    },
  };
}

function refuseUnsafe(endpoint: string, tenant: string): void {
  const { protocol, hostname } = new URL(endpoint);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere))
    throw new RangeError('the endpoint must begin with https: (http: on this machine alone)');
  if (!TENANT.test(tenant)) throw new RangeError('the tenant must be up to 40 of a-z, 0-9 and -');
}
