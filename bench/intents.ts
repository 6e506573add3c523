import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readThesaurus } from '../src/content/thesaurus.ts';
import type { Locale } from '../src/text/words.ts';
import { type Curve, fitCurve, readCurve } from '../src/understanding/calibration.ts';
import { type Classifier, classify } from '../src/understanding/classifier.ts';
import { featuresWith } from '../src/understanding/features.ts';
import { trainClassifier } from '../src/understanding/train-classifier.ts';
import { readJsonl } from './jsonl.ts';
import { THESAURUS } from './paths.ts';

// Trains the engine on somebody else's data and prints what it predicts:
// npm run --silent bench:intents -- --train FILE --test FILE --lang en|sv [--oos LABEL]
const { values } = parseArgs({
  options: {
    train: { type: 'string' },
    test: { type: 'string' },
    lang: { type: 'string', default: 'en' },
    oos: { type: 'string' },
  },
});
if (!values.train || !values.test || !['en', 'sv'].includes(values.lang)) {
  console.error('usage: bench:intents -- --train FILE --test FILE --lang en|sv [--oos LABEL]');
  process.exit(2);
}
const locale = values.lang as Locale;
const rowSchema = z.object({ text: z.string(), intent: z.string(), split: z.string().optional() });
const all = { train: readJsonl(values.train, rowSchema), test: readJsonl(values.test, rowSchema) };
// In one file the split decides: `train` and `test`, also where they end a longer name (`oos_test`).
const isOneFile = resolve(values.train) === resolve(values.test);
const part = (name: 'train' | 'test') =>
  isOneFile ? all[name].filter((row) => row.split === name || row.split?.endsWith(`_${name}`)) : all[name];
// What lies outside is told by a low confidence, not learnt.
const known = part('train').filter((row) => row.intent !== values.oos);
const FOLDS = 3;
const foldOf = known.map((_, row) => row % FOLDS);
const { classifier, folds } = await trainClassifier(
  known.map(({ text, intent }) => ({ text, label: intent, locale })),
  featuresWith(readThesaurus(THESAURUS)),
  foldOf,
);
const heldOut = known.map((row, index) => {
  const network = folds[foldOf[index] ?? 0];
  if (!network) throw new RangeError('every row needs a fold that has not seen it');
  const best = bestOf(row.text, { ...classifier, networks: [network] });
  return { said: best.probability, right: best.label === row.intent, weight: 1 };
});
const curve: Curve = fitCurve(heldOut);
const least = values.oos ? leastOf(heldOut) : 0;

const answers = part('test').map((row) => {
  const best = bestOf(row.text, classifier);
  const isOutside = values.oos !== undefined && best.probability < least;
  return {
    text: row.text,
    intent: row.intent,
    predicted: isOutside ? values.oos : best.label,
    confidence: Number(readCurve(curve, best.probability).toFixed(4)),
  };
});
for (const answer of answers) console.log(JSON.stringify(answer));

const inside = answers.filter((answer) => answer.intent !== values.oos);
const outside = answers.filter((answer) => answer.intent === values.oos);
const share = (rows: typeof answers) =>
  rows.filter((row) => row.predicted === row.intent).length / rows.length;
console.error(`accuracy             ${percent(share(inside))}   ${inside.length} rows`);
console.error(`macro-F1             ${percent(macroF1())}`);
if (outside.length > 0)
  console.error(`out-of-scope recall  ${percent(share(outside))}   ${outside.length} rows`);

function bestOf(text: string, model: Classifier): { label: string; probability: number } {
  const logs = classify(text, locale, model);
  const top = logs.reduce((best, log, label) => (log > (logs[best] ?? 0) ? label : best), 0);
  return { label: model.labels[top] ?? '', probability: Math.exp(logs[top] ?? Number.NEGATIVE_INFINITY) };
}

// The highest threshold that costs at most half a hundredth of accuracy on rows held out.
function leastOf(rows: readonly { said: number; right: boolean }[]): number {
  const right = rows.filter((row) => row.right).map((row) => row.said);
  right.sort((a, b) => a - b);
  return right[Math.floor(0.005 * rows.length)] ?? 0;
}

function macroF1(): number {
  const labels = new Set(inside.map((row) => row.intent));
  const scores = [...labels].map((label) => {
    const hits = answers.filter((row) => row.intent === label && row.predicted === label).length;
    const given = answers.filter((row) => row.intent === label).length;
    const said = answers.filter((row) => row.predicted === label).length;
    return (2 * hits) / (given + said);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1).padStart(5)} %`;
}
