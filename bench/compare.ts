import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { type resultSchema, resultSchema as schema } from './contender.ts';
import { contenders } from './contenders.ts';
import { percent, publish, table } from './publish.ts';

// Measures this engine and its peers side by side, on the same rows, taught by the same bank:
// npm run bench [-- --write]. The peers that npm start does not need are installed first.
const peers = join(import.meta.dirname, 'peers');
if (!existsSync(join(peers, 'node_modules')))
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefix', peers], { stdio: 'inherit' });
const results = Object.keys(contenders).map((name): z.infer<typeof resultSchema> => {
  console.error(`${name} …`);
  const output = execFileSync(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=12000', join(import.meta.dirname, 'contender.ts'), name],
    { encoding: 'utf8', timeout: 30 * 60_000, maxBuffer: 2 ** 26 },
  );
  return schema.parse(JSON.parse(output));
});
const line = (title: string, cell: (result: z.infer<typeof resultSchema>) => string) => [
  title,
  ...results.map(cell),
];
const shares: [string, string][] = [
  ['Swedish questions, right first', 'right first sv'],
  ['Swedish questions, right in three', 'right in three sv'],
  ['English questions, right first', 'right first en'],
  ['English questions, right in three', 'right in three en'],
  ['Swedish requests', 'requests sv'],
  ['English requests', 'requests en'],
  ['unanswerable, declined', 'unanswerable declined'],
  ['out of scope, declined', 'out_of_scope declined'],
  ['answerable, wrongly declined', 'wrongly declined'],
];
publish(
  'compare',
  `${table([
    ['', ...results.map((result) => result.title)],
    line('examples taught', (result) => String(result.examples)),
    ...shares.map(([title, key]) => line(title, (result) => percent(result.shares[key]))),
    line('training, s', (result) => result.trainingSeconds.toFixed(1)),
    line('an answer, median, µs', (result) => result.medianMicroseconds.toFixed(0)),
    line('an answer, 99 %, µs', (result) => result.slowestMicroseconds.toFixed(0)),
    line('memory taken, MB', (result) => result.memoryMegabytes.toFixed(0)),
  ])}\n\n${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}.`,
);
