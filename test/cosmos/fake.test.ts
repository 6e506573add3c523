import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { Collection } from './fake/collection.ts';
import { type FakeCosmos, startFakeCosmos } from './fake/fake-cosmos.ts';
import { readQuery } from './fake/query.ts';
import { Refusal } from './fake/refusal.ts';

const item = (id: string, changes: object = {}) => ({ id, pk: 'p', ...changes });
const create = (id: string, changes: object = {}) =>
  ({ operationType: 'Create', resourceBody: item(id, changes) }) as const;

function refusal(work: () => unknown): number {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
  return expect.fail('it was taken');
}

describe('the fake of the database', () => {
  let fake: FakeCosmos;
  before(async () => {
    fake = await startFakeCosmos();
  });
  after(() => fake.close());

  const ask = async (key: string, date: Date) => {
    const text = `get\ndbs\ndbs/d\n${date.toUTCString().toLowerCase()}\n\n`;
    const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
    const authorization = encodeURIComponent(`type=master&ver=1.0&sig=${signature}`);
    const headers = { authorization, 'x-ms-date': date.toUTCString(), 'x-ms-version': '2020-07-15' };
    return (await fetch(`${fake.endpoint}/dbs/d`, { headers })).status;
  };

  it('checks the signature and its date', async () => {
    const minutes = (count: number) => new Date(Date.now() + count * 60_000);
    expect(await ask(fake.key, new Date()), 'there is no such database').to.equal(404);
    expect(await ask(fake.key, minutes(-16))).to.equal(403);
    expect(await ask(fake.key, minutes(16))).to.equal(403);
    expect(await ask('YW5vdGhlcg==', new Date())).to.equal(401);
  });

  it('does all of a batch or nothing', () => {
    const collection = new Collection(true, Date.now);
    const outcome = collection.batch('p', [create('a'), create('b'), create('a')]);
    expect(outcome.results.map(({ statusCode }) => statusCode)).to.deep.equal([424, 424, 409]);
    expect(collection.all()).to.deep.equal([]);
    expect(collection.batch('p', [create('a'), create('b')]).isDone).to.equal(true);
  });

  it('refuses what the service refuses', () => {
    const collection = new Collection(true, Date.now);
    const [made] = collection.batch('p', [create('a')]).results;
    const status = (...operations: Parameters<Collection['batch']>[1]) =>
      collection.batch('p', operations).results[0]?.statusCode;
    const replace = (id: string, ifMatch: string) =>
      ({ operationType: 'Replace', id, ifMatch, resourceBody: item(id) }) as const;
    expect(status(create('a/b')), 'a slash in the id').to.equal(400);
    expect(status(create('b', { pk: 'other' })), 'another partition').to.equal(400);
    expect(status(create('b', { ttl: 0 })), 'no life').to.equal(400);
    expect(status(replace('a', '"other"'))).to.equal(412);
    expect(status(replace('b', '"other"'))).to.equal(404);
    expect(status(replace('a', made?.eTag ?? ''))).to.equal(200);
    expect(
      refusal(() => collection.batch('p', [])),
      'an empty batch',
    ).to.equal(400);
    expect(refusal(() => collection.batch('p', [create('b', { text: 'x'.repeat(2_100_000) })]))).to.equal(
      413,
    );
    expect(
      refusal(() =>
        collection.batch(
          'p',
          Array.from({ length: 101 }, (_, at) => create(`${at}`)),
        ),
      ),
    ).to.equal(400);
  });

  it('reads its subset of the query language and nothing else', () => {
    const parameters = [{ name: '@p0', value: 'x' }];
    const fine = readQuery({ query: 'SELECT * FROM c WHERE c["a"] = @p0', parameters }, false);
    expect([fine.fits({ a: 'x' }), fine.fits({ a: 'y' }), fine.fits({})]).to.deep.equal([true, false, false]);
    const any = readQuery(
      { query: 'SELECT * FROM c WHERE (c["a"] = @p0 OR c["b"] = @p0)', parameters },
      false,
    );
    expect([any.fits({ a: 'x' }), any.fits({ b: 'x' }), any.fits({})]).to.deep.equal([true, true, false]);
    for (const query of [
      'SELECT * FROM c',
      'SELECT COUNT(1) FROM c WHERE c["a"] = @p0',
      'SELECT * FROM c WHERE c["a"] = @p0 OR c["b"] = @p0',
      'SELECT * FROM c WHERE c["a"] = "x"',
      'SELECT * FROM c WHERE c["a"] = @p1',
      'SELECT * FROM c WHERE c["a"] = @p0 OFFSET 0 LIMIT 1',
      'SELECT * FROM c WHERE c["a"] = @p0 ORDER BY c["a"] ASC',
      'SELECT * FROM c WHERE c["a"] = @p0 ORDER BY c["a"] ASC, c["b"] ASC',
    ])
      expect(
        refusal(() => readQuery({ query, parameters }, false)),
        query,
      ).to.equal(400);
  });
});
