import { expect } from 'chai';
import { cosmosAudit } from '../../src/adapters/cosmos/cosmos-audit.ts';
import { cosmosDocuments } from '../../src/adapters/cosmos/cosmos-documents.ts';
import { cosmosLessons } from '../../src/adapters/cosmos/cosmos-lessons.ts';
import { cosmosTickets } from '../../src/adapters/cosmos/cosmos-tickets.ts';
import { cosmosTranscripts } from '../../src/adapters/cosmos/cosmos-transcripts.ts';
import type { Cosmos } from '../../src/adapters/cosmos/open-cosmos.ts';
import { verifyAudit } from '../../src/tickets/audit.ts';
import { type Courier, deliverDue } from '../../src/tickets/courier.ts';
import { leaseIn } from '../../src/tickets/lease.ts';
import { NumberTaken } from '../../src/tickets/ticket-store.ts';
import { someEntry, someTicket } from '../tickets/some-ticket.ts';
import { type FakeCosmos, startFakeCosmos } from './fake/fake-cosmos.ts';
import { openFake, someTenant } from './open-for-test.ts';

const now = new Date('2026-02-01T12:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const event = (action: string) =>
  ({ at: now.toISOString(), by: { id: 'o1', role: 'officer' }, action, ticketId: null, detail: {} }) as const;

describe('two instances on one database', () => {
  let fake: FakeCosmos;
  let both: [Cosmos, Cosmos];
  before(async () => {
    fake = await startFakeCosmos();
  });
  after(() => fake.close());
  beforeEach(async () => {
    const tenant = someTenant();
    both = [await openFake(fake, { tenant }), await openFake(fake, { tenant })];
  });
  afterEach(() => {
    for (const cosmos of both) cosmos.close();
  });
  const inTurn = <T>(stores: readonly T[], index: number): T => stores[index % stores.length] as T;

  it('start at the same moment on an empty account', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => openFake(fake, { database: 'new' })));
    for (const cosmos of opened) {
      expect(await cosmos.isReady()).to.equal(true);
      cosmos.close();
    }
  });

  it('make one ticket of one request, and lose none of many', async () => {
    const stores = both.map((each) => cosmosTickets(each));
    const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
    const made = await Promise.all(
      [...keys, ...keys, ...keys].map((key, index) =>
        inTurn(stores, index + Math.floor(index / keys.length)).create(someTicket(key), [
          someEntry(someTicket(key)),
        ]),
      ),
    );
    expect(made.filter(({ created }) => created)).to.have.length(20);
    for (const tickets of stores) {
      expect((await tickets.find({ limit: 100 })).tickets).to.have.length(20);
      expect(await tickets.pending(now, 100)).to.have.length(20);
    }
  });

  it('give one number to one of two tickets', async () => {
    const stores = both.map((each) => cosmosTickets(each));
    const { number } = someTicket('a');
    const made = await Promise.allSettled(
      ['a', 'b'].map((key, index) => inTurn(stores, index).create(someTicket(key, { number }), [])),
    );
    const refused = made.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).to.have.length(1);
    expect(refused[0]).to.be.instanceOf(NumberTaken);
    expect((await inTurn(stores, 0).find({ limit: 10 })).tickets).to.have.length(1);
  });

  it('keep every change that one of them acknowledged', async () => {
    const stores = both.map((each) => cosmosTickets(each));
    const { ticket } = await inTurn(stores, 0).create(someTicket('a'), []);
    let refused = 0;
    const note = async (index: number) => {
      const tickets = inTurn(stores, index);
      for (;;) {
        const found = await tickets.byId(ticket.id);
        if (!found) return expect.fail('it is gone');
        const notes = [...found.ticket.notes, { at: now.toISOString(), by: 'o1', text: `n${index}` }];
        const entry = someEntry(ticket, { id: `${ticket.id}/n${index}` });
        try {
          return await tickets.update({ ...found.ticket, notes }, found.etag, [entry]);
        } catch {
          refused += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, index) => note(index)));
    const texts = (await inTurn(stores, 0).byId(ticket.id))?.ticket.notes.map(({ text }) => text);
    expect(new Set(texts).size).to.equal(12);
    expect(texts).to.have.length(12);
    expect(refused, 'they met').to.be.greaterThan(0);
    expect(await inTurn(stores, 1).pending(now, 100)).to.have.length(12);
  });

  it('let one of them hold a document', async () => {
    const stores = both.map(cosmosDocuments);
    const written = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => inTurn(stores, index).write('k', index, null, now, later(1))),
    );
    expect(written.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });

  it('tell everything once, though both want to', async () => {
    const keys = Array.from({ length: 8 }, (_, index) => `k${index}`);
    for (const key of keys)
      await cosmosTickets(both[0]).create(someTicket(key), [
        someEntry(someTicket(key), { kind: 'mail.receipt' }),
      ]);
    const told: string[] = [];
    const courier: Courier = {
      kinds: ['mail.receipt'],
      async deliver({ id }) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        told.push(id);
        return 'told';
      },
    };
    const rounds = both.map((cosmos, index) => {
      const lease = leaseIn(cosmosDocuments(cosmos), 'couriers', `instance ${index}`, () => now);
      const round = { clock: () => now, undelivered: () => expect.fail('not told') };
      const tell = () => deliverDue(cosmosTickets(cosmos), [courier], round);
      return async () => {
        for (let round = 0; round < 3; round += 1)
          await lease.during(async () => {
            await tell();
          });
      };
    });
    await Promise.all(rounds.map((round) => round()));
    expect(told.sort()).to.deep.equal(keys.map((key) => someEntry(someTicket(key)).id).sort());
  });

  it('write one chain, one count and one conversation', async () => {
    const audits = both.map(cosmosAudit);
    const lessons = both.map(cosmosLessons);
    const transcripts = both.map(cosmosTranscripts);
    const lesson = { why: 'good', locale: 'sv', text: 'tack', near: [] } as const;
    const work = Array.from({ length: 20 }, (_, index) => [
      inTurn(audits, index).append(event(`a${index}`)),
      inTurn(lessons, index).keep(lesson, '2026-01-01'),
      inTurn(transcripts, index).append(
        'a',
        [{ id: `e${index % 10}`, body: index, isShown: true, awaitsAnswer: false }],
        { now, expires: later(24) },
      ),
    ]).flat();
    await Promise.all(work);
    expect(await verifyAudit(inTurn(audits, 0))).to.include({ entries: 20, brokenAt: null });
    expect((await inTurn(lessons, 1).list(10)).map(({ count }) => count)).to.deep.equal([20]);
    const said = await inTurn(transcripts, 0).read('a', 0, 100, now);
    expect(new Set(said.map(({ position }) => position)).size).to.equal(10);
    expect(await inTurn(transcripts, 1).extent('a', now)).to.deep.include({ entries: 10 });
  });

  it('of two tenants see nothing of one another', async () => {
    const other = await openFake(fake);
    await cosmosTickets(both[0]).create(someTicket('a'), [someEntry(someTicket('a'))]);
    await cosmosDocuments(both[0]).write('k', 1, null, now, later(1));
    const theirs = cosmosTickets(other);
    expect(await theirs.byId(someTicket('a').id)).to.equal(null);
    expect(await theirs.byNumber(someTicket('a').number)).to.equal(null);
    expect((await theirs.find({ limit: 10 })).tickets).to.deep.equal([]);
    expect(await theirs.pending(now, 10)).to.deep.equal([]);
    expect(await cosmosDocuments(other).purge(later(2))).to.equal(0);
    expect((await cosmosDocuments(both[0]).read(['k'], now)).size).to.equal(1);
    other.close();
  });
});
