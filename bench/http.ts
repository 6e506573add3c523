import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { percent, publish, table } from './publish.ts';

// Prints how many activities a second go through `/api/messages` with `expectReplies`: this service beside
// botbuilder's own echo bot on the same kind of server, each in a process of its own, measured in turns in one run.
const ROUNDS = 6;
const ROUND_MS = 4_000;
const CONNECTIONS = 10;
const CONVERSATIONS = 100;

const questions = [
  'hur länge sparas mitt cv?',
  'vem får se mina uppgifter?',
  'säljer ni mina uppgifter till andra?',
  'how do you use cookies?',
  'vad är en personuppgift?',
  'får jag veta om ni ändrar meddelandet?',
  'vart vänder jag mig med klagomål?',
  'what rights do I have?',
];

const contenders = ['service', 'echo'] as const;
type Contender = (typeof contenders)[number];

interface Round {
  perSecond: number;
  median: number;
  p99: number;
  /** Processor time of the server for one activity, in ms; hardly moved by what else the machine does. */
  processor: number;
}

interface Server {
  port: number;
  processorMs(): Promise<number>;
  stop(): Promise<void>;
}

const servers = new Map<Contender, Server>();
for (const name of contenders) servers.set(name, await serve(name));
const rounds: Record<Contender, Round[]> = { service: [], echo: [] };
for (const name of contenders) await load(name, ROUND_MS / 2);
for (let round = 0; round < ROUNDS; round += 1)
  for (const name of contenders) rounds[name].push(await load(name, ROUND_MS));
for (const { stop } of servers.values()) await stop();

const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const figures = (name: Contender) => ({
  perSecond: middle(rounds[name].map(({ perSecond }) => perSecond)),
  median: middle(rounds[name].map(({ median }) => median)),
  p99: middle(rounds[name].map(({ p99 }) => p99)),
  processor: middle(rounds[name].map(({ processor }) => processor)),
});
const [ours, echo] = [figures('service'), figures('echo')];
publish(
  'http',
  `${table([
    ['', 'activities a second', 'median', '99 %', 'processor time'],
    ...(
      [
        ['this service', ours],
        ['botbuilder’s echo bot', echo],
      ] as const
    ).map(([name, { perSecond, median, p99, processor }]) => [
      name,
      perSecond.toFixed(0),
      `${median.toFixed(1)} ms`,
      `${p99.toFixed(1)} ms`,
      `${processor.toFixed(2)} ms`,
    ]),
  ])}\n\nThis service: ${percent(ours.perSecond / echo.perSecond)} of the echo bot (middle of ${ROUNDS} rounds of ${ROUND_MS / 1000} s each, in turns, ${CONNECTIONS} connections).`,
);

async function serve(name: Contender): Promise<Server> {
  const child = fork(new URL(`http-${name}.ts`, import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    async processorMs() {
      child.send('time');
      const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
      return (user + system) / 1000;
    },
    async stop() {
      child.send('stop');
      await once(child, 'exit');
    },
  };
}

async function load(name: Contender, ms: number): Promise<Round> {
  const server = servers.get(name);
  if (!server) throw new RangeError(`no server ${name}`);
  const { port } = server;
  const processorBefore = await server.processorMs();
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const began = performance.now();
  let next = 0;
  const one = async () => {
    while (performance.now() - began < ms) {
      next += 1;
      const from = performance.now();
      await post(port, agent, next);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  const processor = ((await server.processorMs()) - processorBefore) / times.length;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { perSecond: times.length / seconds, median: at(0.5), p99: at(0.99), processor };
}

function post(port: number, agent: Agent, number: number): Promise<void> {
  const body = JSON.stringify({
    type: 'message',
    id: `${port}-${number}-${performance.now()}`,
    channelId: 'test',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: `conversation ${number % CONVERSATIONS}` },
    from: { id: 'user' },
    recipient: { id: 'bot' },
    locale: 'sv-SE',
    deliveryMode: 'expectReplies',
    text: questions[number % questions.length],
  });
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        path: '/api/messages',
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
        });
        response.on('end', () =>
          response.statusCode === 200 && length > 50
            ? resolve()
            : reject(new Error(`answered ${response.statusCode}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
