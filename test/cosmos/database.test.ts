import { expect } from 'chai';
import { cosmosDocuments } from '../../src/adapters/cosmos/cosmos-documents.ts';
import { CosmosFailure } from '../../src/adapters/cosmos/cosmos-failure.ts';
import { cosmosTickets } from '../../src/adapters/cosmos/cosmos-tickets.ts';
import { cosmosTranscripts } from '../../src/adapters/cosmos/cosmos-transcripts.ts';
import { type Cosmos, openCosmos } from '../../src/adapters/cosmos/open-cosmos.ts';
import { someEntry, someTicket } from '../tickets/some-ticket.ts';
import { type FakeCosmos, startFakeCosmos } from './fake/fake-cosmos.ts';
import { openFake } from './open-for-test.ts';

const now = new Date('2026-02-01T12:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const HOUR_MS = 3_600_000;

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was taken'),
    (error: unknown) => error,
  );
}

describe('the database', () => {
  let fake: FakeCosmos;
  let cosmos: Cosmos;
  beforeEach(async () => {
    fake = await startFakeCosmos();
    cosmos = await openFake(fake);
  });
  afterEach(async () => {
    cosmos.close();
    await fake.close();
  });

  it('is opened again with everything in it', async () => {
    await cosmosTickets(cosmos).create(someTicket('a'), []);
    const again = await openFake(fake, { tenant: cosmos.tenant });
    expect((await cosmosTickets(again).byId(someTicket('a').id))?.ticket).to.deep.equal(someTicket('a'));
    again.close();
  });

  it('refuses a wrong key, and says so without it', async () => {
    const key = Buffer.from('another key').toString('base64');
    const error = await rejection(openFake({ ...fake, key }));
    expect(error).to.be.instanceOf(CosmosFailure);
    expect(error).to.have.property('code', '401');
    expect(String(error)).to.not.contain(key);
  });

  it('is not spoken to in the clear over a network, nor for a tenant that could mean another', async () => {
    const base = { endpoint: fake.endpoint, key: fake.key, database: 'd', tenant: 't' };
    for (const endpoint of ['http://cosmos.example.com:8081', 'ftp://127.0.0.1'])
      expect(await rejection(openCosmos({ ...base, endpoint }))).to.be.instanceOf(RangeError);
    for (const tenant of ['', 'a:b', 'A', 'x'.repeat(41)])
      expect(await rejection(openCosmos({ ...base, tenant }))).to.be.instanceOf(RangeError);
  });

  it('says what calls have cost, in figures', async () => {
    const heard: object[] = [];
    const metered = await openFake(fake, { spent: (spent) => heard.push(spent) });
    await cosmosDocuments(metered).write('k', 1, null, now, later(1));
    expect(metered.charges()).to.deep.equal({ 'documents.read': 1, 'documents.write': 6.29 });
    expect(heard).to.deep.include({ container: 'documents', operation: 'write', charge: 6.29 });
    metered.close();
  });

  it('removes by itself what has expired', async () => {
    const documents = cosmosDocuments(cosmos);
    await documents.write('short', 1, null, now, later(1));
    await documents.write('long', 1, null, now, later(3));
    fake.pass(2 * HOUR_MS);
    expect(fake.items('documents')).to.have.length(1);
    expect(await documents.purge(now)).to.equal(0);
    const etag = await documents.write('short', 2, null, now, later(1));
    expect((await documents.read(['short'], now)).get('short')).to.deep.equal({ value: 2, etag });
  });

  it('keeps a conversation that goes on, and drops one that nobody has purged', async () => {
    const transcripts = cosmosTranscripts(cosmos);
    const said = (id: string) => [{ id, body: id, isShown: true, awaitsAnswer: false }];
    await transcripts.append('a', said('1'), { now, expires: later(24) });
    fake.pass(20 * HOUR_MS);
    await transcripts.append('a', said('2'), { now: later(20), expires: later(44) });
    fake.pass(20 * HOUR_MS);
    expect(await transcripts.read('a', 0, 10, later(40))).to.have.length(2);
    fake.pass(32 * 24 * HOUR_MS);
    expect(fake.items('transcripts')).to.deep.equal([]);
  });

  it('takes keys, ids and texts of every kind', async () => {
    const documents = cosmosDocuments(cosmos);
    const odd = ['a/b\\c?d#e', 'å ä ö 😀', '%2F', '"]}', ' end ', 'x'.repeat(900)];
    for (const key of odd) await documents.write(key, { text: `${key}\ud83d` }, null, now, later(1));
    const found = await documents.read(odd, now);
    for (const key of odd) expect(found.get(key)?.value).to.deep.equal({ text: `${key}\ud83d` });
    const transcripts = cosmosTranscripts(cosmos);
    for (const id of odd)
      await transcripts.append('a', [{ id, body: id, isShown: true, awaitsAnswer: false }], {
        now,
        expires: later(1),
      });
    expect((await transcripts.read('a', 0, 10, now)).map(({ id }) => id)).to.deep.equal(odd);
    const tickets = cosmosTickets(cosmos);
    await tickets.create(someTicket('a', { slots: { email: 'x" OR true --@example.se' } }), []);
    expect((await tickets.find({ limit: 5, email: '" OR true' })).tickets).to.deep.equal([]);
    expect((await tickets.find({ limit: 5, type: 'erasure" OR "1" = "1' })).tickets).to.deep.equal([]);
  });

  it('does not take what is too large, nor a part of it', async () => {
    const tickets = cosmosTickets(cosmos);
    const large = someTicket('a', { slots: { detail: 'x'.repeat(2_200_000) } });
    const error = await rejection(tickets.create(large, [someEntry(large)]));
    expect(error).to.have.property('code', '413');
    expect(await tickets.pending(now, 10)).to.deep.equal([]);
    expect(await tickets.byNumber(large.number)).to.equal(null);
  });

  it('pages through more than a page of its own', async () => {
    const tickets = cosmosTickets(cosmos);
    const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
    await Promise.all(keys.map((key) => tickets.create(someTicket(key), [someEntry(someTicket(key))])));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof tickets.find>> = await tickets.find({ limit: 7, cursor });
      seen.push(...page.tickets.map(({ ticket }) => ticket.id));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).to.deep.equal(keys.map((key) => someTicket(key).id).sort());
    const due = (await tickets.pending(now, 25)).map(({ id }) => id);
    expect(due).to.deep.equal(
      keys
        .map((key) => someEntry(someTicket(key)).id)
        .sort()
        .slice(0, 25),
    );
  });

  it('refuses a cursor that is none', async () => {
    expect(await rejection(cosmosTickets(cosmos).find({ limit: 5, cursor: 'x' }))).to.have.property(
      'name',
      'RangeError',
    );
  });
});
