import { parseArgs } from 'node:util';
import { z } from 'zod';
import { indexTexts, type PassageIndex } from '../src/understanding/passage-index.ts';
import { readJsonl } from './jsonl.ts';

// Ranks passages that have no example questions, with the engine's own index:
// npm run --silent bench:retrieval -- --passages FILE --questions FILE --lang sv
const { values } = parseArgs({
  options: {
    passages: { type: 'string' },
    questions: { type: 'string' },
    lang: { type: 'string', default: 'sv' },
  },
});
if (!values.passages || !values.questions) {
  console.error('usage: bench:retrieval -- --passages FILE --questions FILE --lang sv');
  process.exit(2);
}
const passages = readJsonl(
  values.passages,
  z.object({ id: z.string(), text: z.string(), title: z.string().optional() }),
);
const questions = readJsonl(
  values.questions,
  z.object({
    qid: z.string(),
    question: z.string(),
    candidates: z.array(z.string()).optional(),
    gold: z.string().optional(),
  }),
);
// Questions with the same candidates share an index of just these: what all of them say tells none apart.
const indexes = new Map<string, PassageIndex>();
let right = 0;
for (const { qid, question, candidates, gold } of questions) {
  const key = candidates?.join('\n') ?? '';
  let index = indexes.get(key);
  if (!index) {
    index = indexTexts(candidates ? passages.filter((passage) => candidates.includes(passage.id)) : passages);
    indexes.set(key, index);
  }
  const ranked = index.search(question);
  const missing = (candidates ?? []).filter((id) => !ranked.some((hit) => hit.id === id));
  ranked.push(...missing.map((id) => ({ id, score: 0 })));
  if (ranked[0]?.id === gold) right += 1;
  console.log(JSON.stringify({ qid, ranked }));
}
if (questions.some((question) => question.gold !== undefined))
  console.error(
    `right first  ${((100 * right) / questions.length).toFixed(1)} %   ${right}/${questions.length}`,
  );
