import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { dialogueSchema, rowSchema, scoreDialogues, scoreRows, type Tally } from '../../bench/score.ts';
import { someHost } from '../conversation/some-assistant.ts';

// The thermometer: what is understood may not fall below these floors. The rows are for measuring, never for training.
const folder = join(import.meta.dirname, '..', 'evaluation');
const read = (name: string) =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const share = (tally: Tally, name: string) => {
  const found = tally.get(name);
  if (!found) throw new Error(`nothing was counted as ${name}`);
  return found.right / found.of;
};

describe('what is understood of the measuring rows', () => {
  let rows: Tally;
  let dialogues: Tally;
  before(async () => {
    rows = await scoreRows(rowSchema.array().parse(read('dev.jsonl')), someHost());
    dialogues = await scoreDialogues(dialogueSchema.array().parse(read('dialogues-dev.jsonl')), someHost());
  });

  const floors: [string, number][] = [
    ['question sv, right first', 0.86],
    ['question sv, right in the first three', 0.91],
    ['question en, right first', 0.8],
    ['question en, right in the first three', 0.92],
    ['request sv', 0.9],
    ['request en', 0.92],
    ['slots', 0.85],
    ['guidance', 0.8],
    ['meta', 0.9],
    ['unanswerable, declined', 0.83],
    ['out_of_scope, declined', 0.82],
  ];
  for (const [name, floor] of floors)
    it(`${name}: at least ${floor * 100} %`, () => expect(share(rows, name)).to.be.at.least(floor));

  it('declines at most 4 % of what the notice answers', () =>
    expect(share(rows, 'question, declined (lower is better)')).to.be.at.most(0.04));

  it('holds the dialogues', () => {
    expect(share(dialogues, 'dialogue turns')).to.be.at.least(0.93);
    expect(share(dialogues, 'whole dialogues')).to.be.at.least(11 / 13);
  });
});
