import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAssistant } from '../src/assistant.ts';
import { converse } from '../src/conversation/converse.ts';
import { memoryHost } from '../src/host.ts';

// Prints how long the engine takes for one answer, over the rows of a file: `npm run bench -- [rows.jsonl]`.
const file = process.argv[2] ?? join(import.meta.dirname, '..', 'test', 'evaluation', 'dev.jsonl');
const texts = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => String(JSON.parse(line).text));

const began = performance.now();
const host = memoryHost(loadAssistant(new Uint8Array(32)));
console.log(`loading the assistant      ${(performance.now() - began).toFixed(0)} ms`);

const times: number[] = [];
for (let round = 0; round < 3; round += 1) {
  for (const [index, text] of texts.entries()) {
    const from = performance.now();
    await converse(
      { id: 'only', conversation: `${round}/${index}`, channel: 'bench', text, now: new Date() },
      host,
    );
    // The first round warms up.
    if (round > 0) times.push(performance.now() - from);
  }
}
times.sort((a, b) => a - b);
const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
console.log(
  `one answer, ${times.length} of them     median ${at(0.5)} ms, 99 % ${at(0.99)} ms, slowest ${(times.at(-1) ?? 0).toFixed(2)} ms`,
);
