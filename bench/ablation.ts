import { readContent } from '../src/content/content.ts';
import { readExamples } from '../src/content/examples.ts';
import { ROOT } from '../src/paths.ts';
import { type Features, featuresWith } from '../src/understanding/features.ts';
import { HELD_OUT, shareRight, type Variant } from './held-out.ts';
import { percent, publish, table } from './publish.ts';

// What each part of the engine is worth: it is left out, and two authors held out whole are asked.
// npm run bench:ablation [-- --write]
const content = readContent(ROOT);
const examples = readExamples(ROOT);
const asked = examples.filter((example) => HELD_OUT.includes(example.pass));
const known = examples.filter((example) => !HELD_OUT.includes(example.pass));
const whole = featuresWith(content.thesaurus);
const without = (change: (found: Features) => Partial<Features>): Variant => ({
  read: (text, locale) => {
    const found = whole(text, locale);
    return { ...found, ...change(found) };
  },
});
const variants: [string, Variant][] = [
  ['the engine as it is', {}],
  ['without words, stems and pairs', without(() => ({ words: new Map() }))],
  ['without character 4-grams', without(() => ({ characters: new Map() }))],
  ['without the thesaurus', without(() => ({ concepts: new Map() }))],
  ['without the sound of words', { read: featuresWith(content.thesaurus, false) }],
  ['without counting unknown words', without(() => ({ tokens: [] }))],
  ['without the notice’s own sentences', { rows: (rows) => rows.slice(0, known.length) }],
  ['one network, not three', { votes: 1 }],
  ['the likeliest label, no cost table', { isCostless: true }],
];
const rows = [
  ['', 'Swedish first', 'English first', 'in three', 'requests', 'declined', 'wrongly refused', 'all'],
];
for (const [title, variant] of variants) {
  const shares = await shareRight(known, asked, content, variant);
  rows.push([
    title,
    ...[
      shares.questionSv,
      shares.questionEn,
      shares.inThree,
      shares.request,
      shares.declined,
      shares.refused,
      shares.all,
    ].map(percent),
  ]);
  console.error(rows.at(-1)?.join('  '));
}
publish('ablation', `${table(rows)}\n\nHeld out: ${HELD_OUT.join(' and ')}, ${asked.length} texts.`);
