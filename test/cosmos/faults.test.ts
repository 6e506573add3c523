import { expect } from 'chai';
import { cosmosAudit } from '../../src/adapters/cosmos/cosmos-audit.ts';
import { cosmosDocuments } from '../../src/adapters/cosmos/cosmos-documents.ts';
import { CosmosFailure } from '../../src/adapters/cosmos/cosmos-failure.ts';
import { cosmosLessons } from '../../src/adapters/cosmos/cosmos-lessons.ts';
import { cosmosTickets } from '../../src/adapters/cosmos/cosmos-tickets.ts';
import { cosmosTranscripts } from '../../src/adapters/cosmos/cosmos-transcripts.ts';
import type { Cosmos } from '../../src/adapters/cosmos/open-cosmos.ts';
import { verifyAudit } from '../../src/tickets/audit.ts';
import { move } from '../../src/tickets/life-cycle.ts';
import { someEntry, someTicket } from '../tickets/some-ticket.ts';
import { type FakeCosmos, startFakeCosmos } from './fake/fake-cosmos.ts';
import type { Fault } from './fake/faults.ts';
import { openFake } from './open-for-test.ts';

const faults: readonly Fault[] = [
  'reset-before',
  'reset-after',
  'silence-before',
  'silence-after',
  'late',
  '503-before',
  '503-after',
  '408-after',
  '449',
  '429',
];
const now = new Date('2026-02-01T12:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const aDay = { now, expires: later(24) };
const lesson = { why: 'good', locale: 'sv', text: 'tack', near: [] } as const;
const event = {
  at: now.toISOString(),
  by: { id: 'o1', role: 'officer' },
  action: 'a',
  ticketId: null,
  detail: {},
} as const;

/** What a test works with under one fault. */
interface Trouble {
  cosmos: Cosmos;
  fake: FakeCosmos;
  /** Every write to the container meets the fault at its first attempt. */
  meet<T>(container: string, work: () => Promise<T>): Promise<T>;
  /** Until what comes late has come. */
  settled(): Promise<void>;
}

// Under all faults at the same time, each with a database of its own: they spend their time waiting.
async function underEachFault(work: (trouble: Trouble) => Promise<void>): Promise<void> {
  const under = async (fault: Fault) => {
    const fake = await startFakeCosmos();
    const cosmos = await openFake(fake, { requestMs: 300, callMs: 5_000 });
    const meet: Trouble['meet'] = async (container, write) => {
      const before = fake.faults.happened;
      fake.faults.atEachWrite(container, fault);
      const result = await write();
      fake.faults.atEachWrite(container, null);
      expect(fake.faults.happened, 'the fault has happened').to.be.greaterThan(before);
      return result;
    };
    const settled = () => new Promise<void>((resolve) => setTimeout(resolve, fault === 'late' ? 500 : 0));
    try {
      await work({ cosmos, fake, meet, settled });
    } catch (cause) {
      throw new Error(`under ${fault}: ${cause}`, { cause });
    } finally {
      cosmos.close();
      await fake.close();
    }
  };
  await Promise.all(faults.map(under));
}

describe('a write whose answer is lost', () => {
  it('makes one ticket with one entry', () =>
    underEachFault(async ({ cosmos, meet, settled }) => {
      const tickets = cosmosTickets(cosmos);
      const ticket = someTicket('a');
      const made = await meet('tickets', () => tickets.create(ticket, [someEntry(ticket)]));
      await settled();
      expect(made.created).to.equal(true);
      expect(await tickets.byId(ticket.id)).to.deep.equal({ ticket, etag: made.etag });
      expect((await tickets.byNumber(ticket.number))?.ticket).to.deep.equal(ticket);
      expect(await tickets.pending(now, 10)).to.have.length(1);
      expect((await tickets.find({ limit: 10 })).tickets).to.have.length(1);
    }));

  it('changes a ticket once', () =>
    underEachFault(async ({ cosmos, meet, settled }) => {
      const tickets = cosmosTickets(cosmos);
      const { ticket, etag } = await tickets.create(someTicket('a'), []);
      const moved = move(ticket, 'in_progress', { at: now, by: 'o1' });
      const changed = await meet('tickets', () => tickets.update(moved, etag, [someEntry(ticket)]));
      await settled();
      expect(await tickets.byId(ticket.id)).to.deep.equal({ ticket: moved, etag: changed.etag });
      expect(await tickets.pending(now, 10)).to.have.length(1);
    }));

  it('claims an entry once, and takes it out', () =>
    underEachFault(async ({ cosmos, meet, settled }) => {
      const tickets = cosmosTickets(cosmos);
      const ticket = someTicket('a');
      await tickets.create(ticket, [someEntry(ticket), someEntry(ticket, { id: 'other' })]);
      const claimed = await meet('tickets', () => tickets.claim(someEntry(ticket), later(1)));
      expect(claimed).to.equal(true);
      await settled();
      const attempts = (await tickets.pending(later(1), 10)).map((entry) => entry.attempts);
      expect(attempts.sort()).to.deep.equal([0, 1]);
      await meet('tickets', () => tickets.sent('other'));
      expect(await tickets.pending(later(1), 10)).to.have.length(1);
    }));

  it('writes a document once, whichever way', () =>
    underEachFault(async ({ cosmos, meet, settled }) => {
      const documents = cosmosDocuments(cosmos);
      const etag = await meet('documents', () => documents.write('k', 1, null, now, later(1)));
      const next = await meet('documents', () => documents.write('k', 2, etag, now, later(1)));
      const last = await meet('documents', () => documents.write('k', 3, '*', now, later(1)));
      expect(next).to.not.equal(etag);
      expect((await documents.read(['k'], now)).get('k')).to.deep.equal({ value: 3, etag: last });
      await meet('documents', () => documents.delete(['k']));
      await settled();
      expect((await documents.read(['k'], now)).size).to.equal(0);
    }));

  it('removes once what has expired, and says how much', () =>
    underEachFault(async ({ cosmos, meet, settled }) => {
      const [documents, tickets] = [cosmosDocuments(cosmos), cosmosTickets(cosmos)];
      await documents.write('k', 1, null, now, later(1));
      const draft = someTicket('a', { status: 'draft' });
      await tickets.create(draft, [someEntry(draft)]);
      const before = { draftsBefore: now, endedBefore: now };
      expect(await meet('documents', () => documents.purge(later(2)))).to.equal(1);
      expect(await meet('tickets', () => tickets.purge(before))).to.equal(1);
      await settled();
      expect(await documents.purge(later(2))).to.equal(0);
      expect(await tickets.purge(before)).to.equal(0);
      expect(await tickets.pending(now, 10)).to.deep.equal([]);
      expect((await tickets.create(draft, [])).created, 'its number is free again').to.equal(true);
    }));

  it('says one thing once', () =>
    underEachFault(async ({ cosmos, fake, meet, settled }) => {
      const transcripts = cosmosTranscripts(cosmos);
      const said = (id: string) => ({ id, body: id, isShown: true, awaitsAnswer: true });
      await meet('transcripts', () => transcripts.append('a', [said('1')], aDay));
      await meet('transcripts', () => transcripts.append('a', [said('2')], { ...aDay, answers: '1' }));
      await settled();
      expect((await transcripts.read('a', 0, 10, now)).map(({ body }) => body)).to.deep.equal(['1', '2']);
      expect((await transcripts.extent('a', now)).entries).to.equal(2);
      expect((await transcripts.unanswered(now)).map(({ entry }) => entry.id)).to.deep.equal(['2']);
      await meet('transcripts', () => transcripts.forget('a'));
      await settled();
      expect(fake.items('transcripts').filter(({ tenant }) => tenant === cosmos.tenant)).to.deep.equal([]);
    }));

  it('counts a lesson once, and an entry of the audit log', () =>
    underEachFault(async ({ cosmos, meet, settled }) => {
      const [lessons, audit] = [cosmosLessons(cosmos), cosmosAudit(cosmos)];
      await meet('lessons', () => lessons.keep(lesson, '2026-01-01'));
      await meet('lessons', () => lessons.keep(lesson, '2026-01-02'));
      await settled();
      expect((await lessons.list(10)).map(({ count }) => count)).to.deep.equal([2]);
      await meet('audit', () => audit.append(event));
      await meet('audit', () => audit.append(event));
      await settled();
      expect(await verifyAudit(audit)).to.include({ entries: 2, brokenAt: null });
    }));

  describe('for good or beside another', () => {
    let fake: FakeCosmos;
    let cosmos: Cosmos;
    beforeEach(async () => {
      fake = await startFakeCosmos();
      cosmos = await openFake(fake, { requestMs: 300, callMs: 5_000 });
    });
    afterEach(async () => {
      cosmos.close();
      await fake.close();
    });

    it('is told where it never comes through, without a word of what was written', async () => {
      fake.faults.next('batch', 'documents', ...Array<Fault>(6).fill('503-before'));
      const write = cosmosDocuments(cosmos).write('secret-key', 'secret-text', null, now, later(1));
      const error = await write.then(
        () => expect.fail('it was taken'),
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(CosmosFailure);
      expect(JSON.stringify([String(error), error])).to.not.contain('secret');
      expect(error).to.have.property('code', '503');
    });

    it('does not make somebody else’s later change undone', async () => {
      const tickets = cosmosTickets(cosmos);
      const other = await openFake(fake, { tenant: cosmos.tenant });
      const theirs = cosmosTickets(other);
      const { ticket, etag } = await tickets.create(someTicket('a'), []);
      const mine = { ...ticket, assignee: 'o1' };
      fake.faults.next('batch', 'tickets', 'silence-after');
      const update = tickets.update(mine, etag, []);
      let seen = await theirs.byId(ticket.id);
      for (let looks = 0; looks < 500 && seen?.ticket.assignee !== 'o1'; looks += 1)
        seen = await theirs.byId(ticket.id);
      if (!seen) return expect.fail('it is gone');
      await theirs.update({ ...seen.ticket, assignee: 'o2' }, seen.etag, []);
      const changed = await update;
      expect(changed.ticket.assignee, 'it was mine when it was written').to.equal('o1');
      expect((await tickets.byId(ticket.id))?.ticket.assignee).to.equal('o2');
      const stale = await tickets.update(mine, changed.etag, []).catch((error: unknown) => error);
      expect(stale).to.have.property('name', 'EtagMismatch');
      other.close();
    });
  });
});

describe('a read in trouble', () => {
  let fake: FakeCosmos;
  let cosmos: Cosmos;
  beforeEach(async () => {
    fake = await startFakeCosmos();
    cosmos = await openFake(fake, { requestMs: 300, callMs: 3_000 });
  });
  afterEach(async () => {
    cosmos.close();
    await fake.close();
  });

  for (const fault of ['reset-before', 'silence-before', '503-before', '429'] as const)
    it(`comes through after ${fault}`, async () => {
      const tickets = cosmosTickets(cosmos);
      await tickets.create(someTicket('a'), []);
      fake.faults.next('read', 'tickets', fault);
      expect((await tickets.byId(someTicket('a').id))?.ticket).to.deep.equal(someTicket('a'));
      fake.faults.next('query', 'tickets', fault);
      expect((await tickets.find({ limit: 5 })).tickets).to.have.length(1);
    });

  it('ends with a failure where the database has gone', async () => {
    const tickets = cosmosTickets(cosmos);
    await fake.close();
    expect(await tickets.byId('x').catch((error: unknown) => error)).to.be.instanceOf(CosmosFailure);
    expect(await cosmos.isReady()).to.equal(false);
  });
});
