import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ROOT } from '../src/paths.ts';
import { converse, type Seen } from './direct-line-person.ts';
import { publish, table } from './publish.ts';

// Many people at once, each with a stream, against the real service in a process of its own: does everything that is
// said arrive once, in order, and with nobody else? `--url` takes a service that runs already.
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    conversations: { type: 'string', default: '200' },
    url: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const people = Number(values.conversations);

const service = values.url
  ? { url: values.url, memory: () => '–', stop: async () => {} }
  : await startService();
const until = performance.now() + seconds * 1000;
const results = await Promise.all(
  Array.from({ length: people }, (_, index) => converse(service.url, index, until)),
);
const memory = service.memory();
await service.stop();

const sum = (of: (seen: Seen) => number) => results.reduce((total, seen) => total + of(seen), 0);
const waits = results.flatMap((seen) => seen.waits).sort((a, b) => a - b);
const at = (share: number) =>
  `${(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0).toFixed(0)} ms`;
const rows = [
  ['', 'figure'],
  ['conversations at once, each with a stream', String(people)],
  ['seconds', String(seconds)],
  ['questions asked', String(sum((seen) => seen.asked))],
  ['questions refused or failed', String(sum((seen) => seen.refused))],
  ['streams cut and opened again', String(sum((seen) => seen.reconnections))],
  ['activities received', String(sum((seen) => seen.received))],
  ['lost', String(sum((seen) => seen.lost))],
  ['doubled', String(sum((seen) => seen.doubled))],
  ['out of order', String(sum((seen) => seen.disordered))],
  ["somebody else's", String(sum((seen) => seen.foreign))],
  ['from question to first words, median', at(0.5)],
  ['from question to first words, 99 %', at(0.99)],
  ['memory of the service at its most', memory],
];
publish('direct-line', `${table(rows)}\n\n${cpus().length} cores, Node ${process.version}.`);

async function startService() {
  const folder = mkdtempSync(join(tmpdir(), 'direct-line-'));
  const child = spawn(process.execPath, [join(ROOT, 'src', 'main.ts')], {
    env: { ...process.env, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = z.object({ msg: z.literal('ready'), port: z.number() });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('close', () => reject(new Error('The service ended before it was ready')));
    createInterface(child.stdout).on('line', (line) => {
      const parsed = ready.safeParse(line.startsWith('{') ? JSON.parse(line) : null);
      if (parsed.success) resolve(parsed.data.port);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    memory() {
      const most = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return most ? `${Math.round(Number(most) / 1024)} MB` : '–';
    },
    async stop() {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('close', resolve));
      rmSync(folder, { recursive: true });
    },
  };
}
