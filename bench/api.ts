import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { publish, table } from './publish.ts';

// Prints how many requests a second are filed, read and moved through the API, each durable before it is answered: the
// service in a process of its own, the load from this one.
const ROUND_MS = 5_000;
const CONNECTIONS = 10;

const child = fork(new URL('api-service.ts', import.meta.url), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const [{ port, secret }] = (await once(child, 'message')) as [{ port: number; secret: string }];
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const filed: string[] = [];

await load(fileOne, ROUND_MS / 5);
const filing = await load(fileOne, ROUND_MS);
const reading = await load(readOne, ROUND_MS);
const moving = await load(moveOne, ROUND_MS);
agent.destroy();
child.send('stop');
await once(child, 'exit');

const row = (name: string, { perSecond, median, p99 }: Figures) => [
  name,
  perSecond.toFixed(0),
  `${median.toFixed(1)} ms`,
  `${p99.toFixed(1)} ms`,
];
publish(
  'api',
  `${table([
    ['', 'requests a second', 'median', '99 %'],
    row('filed', filing),
    row('read', reading),
    row('moved on', moving),
  ])}\n\nEach with its entry in the audit log, on SQLite, ${CONNECTIONS} connections, ${ROUND_MS / 1000} s each.`,
);

interface Figures {
  perSecond: number;
  median: number;
  p99: number;
}

async function load(one: (index: number) => Promise<void>, ms: number): Promise<Figures> {
  const times: number[] = [];
  const began = performance.now();
  let next = 0;
  const loop = async () => {
    while (performance.now() - began < ms) {
      const index = next;
      next += 1;
      const from = performance.now();
      await one(index);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { perSecond: times.length / seconds, median: at(0.5), p99: at(0.99) };
}

async function fileOne(): Promise<void> {
  const body = {
    type: 'erasure',
    slots: { name: 'Anna Berg', email: `anna.${filed.length}@example.se`, country: 'SE', data: 'allt' },
  };
  const text = await send('POST', '/api/requests', 201, body, { 'idempotency-key': crypto.randomUUID() });
  filed.push(JSON.parse(text).number);
}

async function readOne(index: number): Promise<void> {
  await send('GET', `/api/requests/${filed[index % filed.length]}`, 200);
}

async function moveOne(index: number): Promise<void> {
  const [to, from] = index < filed.length ? ['in_progress', index] : ['completed', index - filed.length];
  await send('POST', `/api/requests/${filed[from]}/transitions`, 200, { to }, { 'if-match': '*' });
}

function send(
  method: string,
  path: string,
  expected: number,
  body?: object,
  headers: Record<string, string> = {},
): Promise<string> {
  const text = body ? JSON.stringify(body) : '';
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        path,
        method,
        agent,
        headers: {
          authorization: `Bearer ${secret}`,
          ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          response.statusCode === expected
            ? resolve(Buffer.concat(chunks).toString())
            : reject(new Error(`${method} answered ${response.statusCode}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}
