import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { groupCommit } from '../../src/adapters/sqlite/group-commit.ts';
import { type Database, openDatabase } from '../../src/adapters/sqlite/open-database.ts';

describe('transactions that are synced together', () => {
  const folder = mkdtempSync(join(tmpdir(), 'commit-'));
  let database: Database;
  before(() => {
    database = openDatabase(join(folder, 'assistant.db'));
    database.exec('CREATE TABLE numbers (n INTEGER PRIMARY KEY)');
  });
  after(() => {
    if (database.open) database.close();
    rmSync(folder, { recursive: true });
  });
  const insert = (n: number) => database.prepare('INSERT INTO numbers VALUES (?)').run(n);
  const numbers = () => database.prepare('SELECT n FROM numbers ORDER BY n').pluck().all();

  it('undo the one that fails, whole, and keep the others', async () => {
    const commit = groupCommit(database);
    const results = await Promise.allSettled([
      commit(() => insert(1).changes),
      commit(() => {
        insert(2);
        throw new RangeError('no');
      }),
      commit(() => insert(1)),
      commit(() => insert(3).changes),
    ]);
    expect(results.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(numbers()).to.deep.equal([1, 3]);
  });

  it('see what came before them, in the order they were asked for', async () => {
    const commit = groupCommit(database);
    const counts = await Promise.all([10, 11, 12].map((n) => commit(() => [insert(n), numbers().length][1])));
    expect(counts).to.deep.equal([3, 4, 5]);
  });

  it('are acknowledged only once another reader can see them', async () => {
    const other = openDatabase(join(folder, 'assistant.db'));
    await groupCommit(database)(() => insert(20));
    expect(other.prepare('SELECT count(*) FROM numbers WHERE n = 20').pluck().get()).to.equal(1);
    other.close();
  });

  it('fail all where nothing can be written', async () => {
    database.close();
    const results = await Promise.allSettled([1, 2].map((n) => groupCommit(database)(() => insert(n))));
    expect(results.every(({ status }) => status === 'rejected')).to.equal(true);
  });
});
