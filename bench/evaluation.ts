import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAssistant } from '../src/assistant.ts';
import { memoryHost } from '../src/host.ts';
import { dialogueSchema, rowSchema, scoreDialogues, scoreRows } from './score.ts';

// Prints how much is understood: `npm run bench:evaluation -- [rows.jsonl [dialogues.jsonl]]`.
const folder = join(import.meta.dirname, '..', 'test', 'evaluation');
const [rows = join(folder, 'dev.jsonl'), dialogues = join(folder, 'dialogues-dev.jsonl')] =
  process.argv.slice(2);
const read = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const assistant = loadAssistant(new Uint8Array(32));
const host = () => memoryHost(assistant);
const tallies = [
  await scoreRows(rowSchema.array().parse(read(rows)), host()),
  await scoreDialogues(dialogueSchema.array().parse(read(dialogues)), host()),
];
for (const [name, { right, of }] of tallies.flatMap((tally) => [...tally]))
  console.log(`${name.padEnd(48)} ${((100 * right) / of).toFixed(1).padStart(5)} %  ${right}/${of}`);
