import { readContent } from '../src/content/content.ts';
import { readExamples } from '../src/content/examples.ts';
import { ROOT } from '../src/paths.ts';
import { HELD_OUT, shareRight } from './held-out.ts';
import { percent, publish, table } from './publish.ts';

// The learning curve of the bank: two authors are held out whole, the others are added one after another.
// npm run bench:curve [-- --write]
const content = readContent(ROOT);
const examples = readExamples(ROOT);
const asked = examples.filter((example) => HELD_OUT.includes(example.pass));
const others = examples.filter((example) => !HELD_OUT.includes(example.pass));
// In a fixed order that mixes early and late authors, so that the curve shows amount and not kind.
const passes = [...new Set(others.map((example) => example.pass))].sort(
  (a, b) => scramble(a) - scramble(b) || (a < b ? -1 : 1),
);
const rows = [
  ['passes', 'examples', 'Swedish first', 'English first', 'in three', 'requests', 'declined', 'all'],
];
for (const size of [1, 2, 4, 8, 12, 16, passes.length - 1, passes.length]) {
  const taken = new Set(passes.slice(0, size));
  const known = others.filter((example) => taken.has(example.pass));
  const shares = await shareRight(known, asked, content);
  rows.push([
    String(size),
    String(known.length),
    ...[
      shares.questionSv,
      shares.questionEn,
      shares.inThree,
      shares.request,
      shares.declined,
      shares.all,
    ].map(percent),
  ]);
  console.error(rows.at(-1)?.join('  '));
}
publish('curve', `${table(rows)}\n\nHeld out: ${HELD_OUT.join(' and ')}, ${asked.length} texts.`);

function scramble(text: string): number {
  let state = 7;
  for (const letter of text) state = (Math.imul(state, 31) + letter.charCodeAt(0)) % 9973;
  return state;
}
