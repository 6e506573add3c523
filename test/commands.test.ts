import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../src/paths.ts';

// The commands that take other people's data, as they are called from outside.
const folder = mkdtempSync(join(tmpdir(), 'commands-'));
const write = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const lines = (rows: readonly object[]) => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
const run = (script: string, args: readonly string[], input = '') =>
  spawnSync(process.execPath, [join(ROOT, script), ...args], { encoding: 'utf8', input, timeout: 60_000 });
const rowsOf = (output: string) =>
  output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('commands on other people’s data', function () {
  this.timeout(60_000);
  after(() => rmSync(folder, { recursive: true }));

  const intents = [
    ['turn on the light', 'light', 'train'],
    ['lights on please', 'light', 'train'],
    ['make it brighter', 'light', 'train'],
    ['play some jazz', 'music', 'train'],
    ['put on a song', 'music', 'train'],
    ['i want to hear music', 'music', 'train'],
    ['turn the lights on', 'light', 'test'],
    ['play a song', 'music', 'test'],
    ['qwertz uiop', 'other', 'oos_test'],
  ].map(([text, intent, split]) => ({ text, intent, split }));

  it('bench:intents trains, predicts and counts', () => {
    const file = write('intents.jsonl', lines(intents));
    const { stdout, stderr, status } = run('bench/intents.ts', [
      '--train',
      file,
      '--test',
      file,
      '--lang',
      'en',
    ]);
    expect(status, stderr).to.equal(0);
    const found = rowsOf(stdout);
    expect(found.map((row) => row.text)).to.deep.equal(['turn the lights on', 'play a song', 'qwertz uiop']);
    expect(found.slice(0, 2).map((row) => row.predicted)).to.deep.equal(['light', 'music']);
    for (const row of found) expect(row.confidence).to.be.within(0, 1);
    expect(stderr)
      .to.match(/accuracy +66\.7 %/)
      .and.match(/macro-F1/);
  });

  it('bench:intents tells what lies outside by its confidence, and learns nothing of it', () => {
    const file = write('intents.jsonl', lines(intents));
    const args = ['--train', file, '--test', file, '--lang', 'en', '--oos', 'other'];
    const { stdout, stderr } = run('bench/intents.ts', args);
    expect(rowsOf(stdout).at(-1)?.predicted).to.equal('other');
    expect(stderr).to.match(/out-of-scope recall +100\.0 %/);
  });

  it('bench:intents names the line that is no row', () => {
    const file = write('broken.jsonl', '{"text": "a", "intent": "b"}\nnot a row\n');
    const { stderr, status } = run('bench/intents.ts', ['--train', file, '--test', file, '--lang', 'en']);
    expect(status).to.equal(1);
    expect(stderr).to.include('broken.jsonl:2');
    expect(run('bench/intents.ts', []).status).to.equal(2);
  });

  it('bench:retrieval ranks the candidates and nothing else', () => {
    const passages = write(
      'passages.jsonl',
      lines([
        { id: 'a', text: 'Barn ska ha vaccin.' },
        { id: 'b', text: 'Avfallet sorteras i kärl.' },
        { id: 'c', text: 'Kommunen beviljar bygglov.' },
      ]),
    );
    const questions = write(
      'questions.jsonl',
      lines([
        { qid: '1', question: 'Hur söker man bygglov?', candidates: ['a', 'c'], gold: 'c' },
        { qid: '2', question: 'avfall', gold: 'b' },
      ]),
    );
    const args = ['--passages', passages, '--questions', questions, '--lang', 'sv'];
    const { stdout, stderr } = run('bench/retrieval.ts', args);
    const [first, second] = rowsOf(stdout);
    expect(first.ranked.map((hit: { id: string }) => hit.id)).to.deep.equal(['c', 'a']);
    expect(second.ranked[0].id).to.equal('b');
    expect(stderr).to.include('2/2');
  });

  it('ask --notice answers from a notice that nobody prepared, and says so where it does not answer', () => {
    const notice = write(
      'eken.md',
      '# Integritetspolicy för Bokhandeln Eken\n\n## Hur länge vi sparar\n\nKöp sparas i sju år enligt bokföringslagen.\n\n## Cookies\n\nWebbplatsen använder kakor för kundvagnen.\n',
    );
    const asked = [
      'hur länge sparas mina köp?',
      'vad blir det för väder?',
      'radera allt om mig',
      'vad heter er vd?',
    ];
    const input = lines(asked.map((text, id) => ({ id, text })));
    const { stdout, stderr, status } = run('dist/ask.js', ['--notice', notice, '--jsonl'], input);
    expect(status, stderr).to.equal(0);
    const [keeping, weather, erasure, boss] = rowsOf(stdout);
    expect(keeping.quotes[0].text).to.equal('Köp sparas i sju år enligt bokföringslagen.');
    expect(keeping.replies.join()).to.include('Bokhandeln Eken').and.not.include('Allegis');
    expect(weather.kind).to.equal('out_of_scope');
    expect(erasure.intent).to.equal('erasure');
    expect(boss.kind).to.equal('unanswerable');
    expect(run('dist/ask.js', ['--notice', join(folder, 'none.md'), '--jsonl']).stderr).to.include(
      'cannot be answered',
    );
  });
});
