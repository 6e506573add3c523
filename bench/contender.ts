import { join } from 'node:path';
import { z } from 'zod';
import { readContent } from '../src/content/content.ts';
import { readExamples } from '../src/content/examples.ts';
import { quotedWords } from '../src/content/quote.ts';
import { ROOT } from '../src/paths.ts';
import { kindOf } from '../src/understanding/meaning.ts';
import { contenders, type Rank } from './contenders.ts';
import { readJsonl } from './jsonl.ts';
import { rowSchema } from './score.ts';

/** What one contender came to. */
export const resultSchema = z.object({
  title: z.string(),
  examples: z.number(),
  trainingSeconds: z.number(),
  memoryMegabytes: z.number(),
  medianMicroseconds: z.number(),
  slowestMicroseconds: z.number(),
  shares: z.record(z.string(), z.number()),
});

// Teaches one contender and measures it, in a process of its own; prints one JSON object.
if (import.meta.main) {
  const [name = '', file = join(ROOT, 'test', 'evaluation', 'dev.jsonl')] = process.argv.slice(2);
  const contender = contenders[name];
  if (!contender)
    throw new RangeError(`no contender ${name}; there are ${Object.keys(contenders).join(', ')}`);
  const content = readContent(ROOT);
  const examples = readExamples(ROOT).filter((_, row) => row % contender.every === 0);
  const rows = readJsonl(file, rowSchema);
  const log = console.log;
  console.log = () => {};
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const rank = await contender.train(examples, content);
  const trained = performance.now();
  globalThis.gc?.();
  const after = process.memoryUsage().rss;
  const times = await timesOf(rank, rows);
  const shares = await sharesOf(rank, rows);
  log(
    JSON.stringify({
      title: contender.title,
      examples: examples.length,
      trainingSeconds: (trained - began) / 1000,
      memoryMegabytes: (after - before) / 2 ** 20,
      medianMicroseconds: times[Math.floor(times.length * 0.5)] ?? 0,
      slowestMicroseconds: times[Math.floor(times.length * 0.99)] ?? 0,
      shares,
    } satisfies z.infer<typeof resultSchema>),
  );

  async function timesOf(asked: Rank, texts: typeof rows): Promise<number[]> {
    const found: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (const { text, lang } of texts) {
        const from = performance.now();
        await asked(text, lang);
        // The first round warms up.
        if (round > 0) found.push((performance.now() - from) * 1000);
      }
    }
    return found.sort((a, b) => a - b);
  }

  async function sharesOf(asked: Rank, texts: typeof rows): Promise<Record<string, number>> {
    const right = new Map<string, [number, number]>();
    const count = (what: string, isRight: boolean) => {
      const [hits, of] = right.get(what) ?? [0, 0];
      right.set(what, [hits + (isRight ? 1 : 0), of + 1]);
    };
    const plain = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();
    for (const row of texts) {
      const labels = await asked(row.text, row.lang);
      const kind = labels[0] === undefined ? 'unanswerable' : kindOf(labels[0], content);
      const isDeclined = kind === 'unanswerable' || kind === 'out_of_scope';
      const holds = (label: string) =>
        content.passages.has(label) &&
        row.quotes.some((quote) => plain(quotedWords(label, content)).includes(plain(quote)));
      const passages = labels.filter((label) => content.passages.has(label));
      if (row.kind === 'question') {
        count(`right first ${row.lang}`, labels[0] !== undefined && holds(labels[0]));
        count(`right in three ${row.lang}`, !isDeclined && passages.slice(0, 3).some(holds));
        count('wrongly declined', isDeclined);
      } else if (row.kind === 'request') count(`requests ${row.lang}`, row.intent.includes(labels[0] ?? ''));
      else if (row.kind === 'unanswerable' || row.kind === 'out_of_scope')
        count(`${row.kind} declined`, isDeclined);
    }
    return Object.fromEntries([...right].map(([what, [hits, of]]) => [what, hits / of]));
  }
}
