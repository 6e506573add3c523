import { expect } from 'chai';
import { move } from '../../src/tickets/life-cycle.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import {
  type DocumentStore,
  EtagMismatch,
  NumberTaken,
  type TicketFilter,
  type TicketPage,
  type TicketStore,
} from '../../src/tickets/ticket-store.ts';
import { someEntry, someTicket, someToken } from '../tickets/some-ticket.ts';

interface Opened {
  tickets: TicketStore;
  documents: DocumentStore;
  /** Damages what is stored of a ticket. A store that reads nothing back has nothing that can be damaged. */
  damage?(ticketId: string): void | Promise<void>;
  /** The ids of damaged tickets that the store has told of. */
  told?: string[];
  close(): void;
}

/** What every store must do. `open` gives an empty store; a skip would need its reason here. */
export interface StoreUnderTest {
  open(): Opened | Promise<Opened>;
}

const now = new Date('2026-02-01T12:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was taken'),
    (error: unknown) => error,
  );
}

export function storeContract(name: string, { open }: StoreUnderTest): void {
  describe(`the store contract: ${name}`, () => {
    let tickets: TicketStore;
    let documents: DocumentStore;
    let damage: Opened['damage'];
    let told: Opened['told'];
    let close: () => void;
    beforeEach(async () => {
      ({ tickets, documents, damage, told, close } = await open());
    });
    afterEach(() => close());

    describe('tickets', () => {
      it('are found by id, number and token', async () => {
        const ticket = someTicket('a');
        await tickets.create(ticket, []);
        for (const found of [
          await tickets.byId(ticket.id),
          await tickets.byNumber(ticket.number),
          await tickets.byToken(someToken('a')),
        ])
          expect(found?.ticket).to.deep.equal(ticket);
      });

      it('are not found by what is not theirs', async () => {
        await tickets.create(someTicket('a'), []);
        expect(await tickets.byToken(someToken('b'))).to.equal(null);
        expect(await tickets.byToken(someTicket('a').tokenHash)).to.equal(null);
        expect(await tickets.byNumber('SA-0000-0000')).to.equal(null);
      });

      it('are made once for one key', async () => {
        const first = await tickets.create(someTicket('a'), [someEntry(someTicket('a'))]);
        const again = await tickets.create({ ...someTicket('b'), idempotencyKey: 'a' }, [
          someEntry(someTicket('b')),
        ]);
        expect(first.created).to.equal(true);
        expect(again.created).to.equal(false);
        expect(again.ticket).to.deep.equal(someTicket('a'));
        expect(await tickets.pending(now, 10)).to.have.length(1);
      });

      it('are made once though a hundred ask at the same time', async () => {
        const results = await Promise.all(
          Array.from({ length: 100 }, () => tickets.create(someTicket('a'), [someEntry(someTicket('a'))])),
        );
        expect(results.filter((result) => result.created)).to.have.length(1);
        expect(await tickets.pending(now, 10)).to.have.length(1);
      });

      it('do not share a number, and a refused one leaves nothing behind', async () => {
        const { number } = someTicket('a');
        await tickets.create(someTicket('a'), []);
        expect(
          await rejection(tickets.create(someTicket('b', { number }), [someEntry(someTicket('b'))])),
        ).to.be.instanceOf(NumberTaken);
        expect(await tickets.pending(now, 10)).to.deep.equal([]);
      });

      it('change only for whoever read them last', async () => {
        const { ticket, etag } = await tickets.create(someTicket('a'), []);
        const moved = move(ticket, 'in_progress', { at: now, by: 'officer' });
        const changed = await tickets.update(moved, etag, [
          someEntry(ticket, { id: 'x', kind: 'ticket.moved' }),
        ]);
        expect((await tickets.byId(ticket.id))?.ticket.status).to.equal('in_progress');
        expect(
          await rejection(tickets.update(ticket, etag, [someEntry(ticket, { id: 'y' })])),
        ).to.be.instanceOf(EtagMismatch);
        expect((await tickets.pending(now, 10)).map((entry) => entry.id)).to.deep.equal(['x']);
        expect((await tickets.byId(ticket.id))?.etag).to.equal(changed.etag);
      });

      it('let one of two writers through', async () => {
        const { ticket, etag } = await tickets.create(someTicket('a'), []);
        const results = await Promise.allSettled(
          ['in_progress', 'withdrawn'].map((to) =>
            tickets.update(move(ticket, to as 'withdrawn', { at: now, by: 'x' }), etag, []),
          ),
        );
        expect(results.map((result) => result.status).sort()).to.deep.equal(['fulfilled', 'rejected']);
      });

      it('that do not fit are not taken, nor what they would become', async () => {
        const wrong = { ...someTicket('b'), number: 'SA-1' };
        expect(await rejection(tickets.create(wrong, [someEntry(wrong)]))).to.have.property(
          'name',
          'ZodError',
        );
        const { ticket, etag } = await tickets.create(someTicket('a'), []);
        const odd = { ...ticket, due: 'tomorrow' };
        expect(await rejection(tickets.update(odd, etag, []))).to.have.property('name', 'ZodError');
        expect(await tickets.byId(ticket.id)).to.deep.equal({ ticket, etag });
        expect(await tickets.byId(wrong.id)).to.equal(null);
        expect(await tickets.pending(now, 10)).to.deep.equal([]);
      });

      it('do not change where what is to be told has the id of something else', async () => {
        const { ticket, etag } = await tickets.create(someTicket('a'), [someEntry(someTicket('a'))]);
        const entries = [someEntry(ticket, { id: `${ticket.id}/new` }), someEntry(ticket, { attempts: 7 })];
        expect(
          await rejection(tickets.update({ ...ticket, assignee: 'o1' }, etag, entries)),
        ).to.be.instanceOf(Error);
        expect(await tickets.byId(ticket.id)).to.deep.equal({ ticket, etag });
        expect(await tickets.pending(now, 10)).to.deep.equal([someEntry(ticket)]);
      });

      it('that do not exist cannot change', async () => {
        expect(await rejection(tickets.update(someTicket('a'), '1', []))).to.be.instanceOf(EtagMismatch);
      });

      it('come by due date in pages that hold though others arrive', async () => {
        const days = ['2026-03-05', '2026-03-02', '2026-03-09', '2026-03-02', '2026-04-01'];
        for (const [index, due] of days.entries()) await tickets.create(someTicket(`k${index}`, { due }), []);
        await tickets.create(someTicket('none', { due: null }), []);
        await tickets.create(someTicket('done', { due: '2026-03-01', status: 'completed' }), []);
        const query = { statuses: ['submitted', 'in_progress'] as const, dueBy: '2026-03-31', limit: 2 };
        const first = await tickets.find(query);
        await tickets.create(someTicket('early', { due: '2026-02-01' }), []);
        const second = await tickets.find({ ...query, cursor: first.cursor });
        const seen = [...first.tickets, ...second.tickets].map(({ ticket }) => ticket.due);
        expect(seen).to.deep.equal(['2026-03-02', '2026-03-02', '2026-03-05', '2026-03-09']);
        expect(second.cursor).to.equal(null);
      });

      it('are found by what they are, who has them and whose they are', async () => {
        const other = { recipient: { team: 'marketing', entity: 'limited' } } as const;
        const person = { slots: { email: 'bo@example.se', phone: '+46701740605' } };
        await tickets.create(someTicket('a', { due: '2026-03-02' }), []);
        await tickets.create(someTicket('b', { due: '2026-03-03', type: 'access', assignee: 'o1' }), []);
        await tickets.create(someTicket('c', { due: '2026-03-04', ...other, ...person }), []);
        await tickets.create(someTicket('d', { due: null, type: 'human_contact', status: 'completed' }), []);
        const found = async (filter: TicketFilter) => {
          const page = await tickets.find({ ...filter, limit: 10 });
          expect(await tickets.count(filter), JSON.stringify(filter)).to.equal(page.tickets.length);
          return page.tickets.map(({ ticket }) => ticket.idempotencyKey).join('');
        };
        expect(await found({})).to.equal('abcd');
        expect(await found({ type: ['access', 'human_contact'] })).to.equal('bd');
        expect(await found({ type: [] })).to.equal('');
        expect(await found({ phone: '+46701740605' })).to.equal('c');
        expect(await found({ phone: '+46701740606' })).to.equal('');
        const { number } = someTicket('b');
        expect(await found({ numberPart: number.slice(3, 7) })).to.equal('b');
        expect(await found({ numberPart: '%' })).to.equal('');
        expect(await found({ type: 'access' })).to.equal('b');
        expect(await found({ team: 'marketing' })).to.equal('c');
        expect(await found({ assignee: 'o1' })).to.equal('b');
        expect(await found({ assignee: null })).to.equal('acd');
        expect(await found({ email: 'BO@example.se' })).to.equal('c');
        expect(await found({ dueBy: '2026-03-03' })).to.equal('ab');
        expect(await found({ statuses: ['completed'] })).to.equal('d');
        expect(await found({ statuses: [] })).to.equal('');
      });

      it('are found by the number that a person has changed to, and by the old one no more', async () => {
        const ticket = someTicket('a', { slots: { phone: '+46701740605' } });
        const { etag } = await tickets.create(ticket, []);
        await tickets.update({ ...ticket, slots: { phone: '+46701740606' } }, etag, []);
        expect(await tickets.count({ phone: '+46701740606' })).to.equal(1);
        expect(await tickets.count({ phone: '+46701740605' })).to.equal(0);
      });

      for (const order of ['due', 'ended'] as const)
        it(`come page by page forwards and back, by the order ${order}`, async () => {
          const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
          for (const [index, key] of keys.entries()) {
            const day = index < 2 ? 1 : index;
            const at = `2026-01-0${day}T10:00:00.000Z`;
            const history: Ticket['history'] = [{ at, from: 'submitted', to: 'completed', by: 'o' }];
            const due = `2026-03-0${order === 'due' ? day : 9 - day}`;
            await tickets.create(someTicket(key, { due, status: 'completed', history }), []);
          }
          await tickets.create(someTicket('open', { due: order === 'due' ? null : '2026-03-04' }), []);
          const keysOf = (page: TicketPage) => page.tickets.map(({ ticket }) => ticket.idempotencyKey);
          const query = { order, limit: 3 };
          const all = keysOf(await tickets.find({ order, limit: 20 }));
          expect(all).to.have.length(order === 'due' ? 8 : 7);
          expect(all.slice(2, 7)).to.deep.equal(
            order === 'due' ? ['c', 'd', 'e', 'f', 'g'] : ['e', 'd', 'c', ...all.slice(5)],
          );
          const first = await tickets.find(query);
          const second = await tickets.find({ ...query, cursor: first.cursor });
          const third = await tickets.find({ ...query, cursor: second.cursor });
          expect([first, second, third].flatMap(keysOf)).to.deep.equal(all);
          expect([first.back, third.cursor]).to.deep.equal([null, null]);
          const secondAgain = await tickets.find({ ...query, cursor: third.back });
          expect(keysOf(secondAgain)).to.deep.equal(keysOf(second));
          const firstAgain = await tickets.find({ ...query, cursor: secondAgain.back });
          expect(keysOf(firstAgain)).to.deep.equal(keysOf(first));
          expect(firstAgain.back).to.equal(null);
          const onAgain = await tickets.find({ ...query, cursor: firstAgain.cursor });
          expect(keysOf(onAgain)).to.deep.equal(keysOf(second));
        });

      it('come in pages to the last, those without a day too', async () => {
        for (const key of ['a', 'b', 'c']) await tickets.create(someTicket(key, { due: null }), []);
        const first = await tickets.find({ limit: 2 });
        const second = await tickets.find({ limit: 2, cursor: first.cursor });
        const ids = [...first.tickets, ...second.tickets].map(({ ticket }) => ticket.id);
        expect(new Set(ids).size).to.equal(3);
        expect(second.cursor).to.equal(null);
      });

      it('that cannot be read are counted and hide no other', async () => {
        const made = ['a', 'b', 'c', 'd', 'e'].map((key, day) =>
          someTicket(key, { due: `2026-03-0${day + 1}` }),
        );
        for (const ticket of made) await tickets.create(ticket, []);
        const bad = damage ? [made[1]?.id ?? '', made[2]?.id ?? ''] : [];
        for (const id of bad) await damage?.(id);
        for (let round = 0; round < 2; round += 1) {
          const seen: string[] = [];
          let unreadable = 0;
          let cursor: string | null = null;
          for (let pages = 0; pages < 5; pages += 1) {
            const page = await tickets.find({ limit: 2, cursor });
            seen.push(...page.tickets.map(({ ticket }) => ticket.id));
            unreadable += page.unreadable;
            cursor = page.cursor;
            if (cursor === null) break;
          }
          expect(seen).to.deep.equal(made.map(({ id }) => id).filter((id) => !bad.includes(id)));
          expect(unreadable).to.equal(bad.length);
        }
        expect(told ?? []).to.deep.equal(bad);
      });

      it('are purged when their time is over, with what was to be told of them', async () => {
        const end = (at: string) => [{ at, from: 'in_progress', to: 'completed', by: 'o' } as const];
        const old = '2024-01-01T00:00:00.000Z';
        const fresh = '2026-01-01T00:00:00.000Z';
        const made: [string, Partial<Ticket>][] = [
          ['old-end', { status: 'completed', history: end(old) }],
          ['fresh-end', { status: 'completed', history: end(fresh) }],
          ['old-draft', { status: 'draft', createdAt: old }],
          ['fresh-draft', { status: 'draft', createdAt: fresh }],
          ['old-open', { createdAt: old }],
        ];
        for (const [key, changes] of made) {
          const ticket = someTicket(key, changes);
          await tickets.create(ticket, [someEntry(ticket)]);
        }
        const before = new Date('2025-01-01T00:00:00Z');
        expect(await tickets.purge({ draftsBefore: before, endedBefore: before })).to.equal(2);
        const left = (await tickets.find({ limit: 10 })).tickets.map(({ ticket }) => ticket.idempotencyKey);
        expect(left.sort()).to.deep.equal(['fresh-draft', 'fresh-end', 'old-open']);
        expect(await tickets.pending(now, 10)).to.have.length(3);
        expect(await tickets.byToken(someToken('old-end'))).to.equal(null);
      });

      it('keep their own copy', async () => {
        const ticket = someTicket('a', { slots: { email: 'anna@example.se' } });
        await tickets.create(ticket, []);
        ticket.slots.email = 'changed@example.se';
        expect((await tickets.byId(ticket.id))?.ticket.slots.email).to.equal('anna@example.se');
      });
    });

    describe('the outbox', () => {
      it('gives what is due, oldest first, until it is sent', async () => {
        const [a, b] = [someTicket('a'), someTicket('b')];
        await tickets.create(b, [someEntry(b, { notBefore: later(-1).toISOString() })]);
        await tickets.create(a, [
          someEntry(a, { notBefore: later(-2).toISOString() }),
          someEntry(a, { id: 'later', notBefore: later(1).toISOString() }),
        ]);
        const due = await tickets.pending(now, 10);
        expect(due.map((entry) => entry.ticketId)).to.deep.equal([a.id, b.id]);
        await tickets.sent(due[0]?.id ?? '');
        expect((await tickets.pending(now, 10)).map((entry) => entry.ticketId)).to.deep.equal([b.id]);
        expect(await tickets.pending(later(2), 10)).to.have.length(2);
      });

      it('lets one of those who want to tell an entry have it, and counts the attempt', async () => {
        const ticket = someTicket('a');
        await tickets.create(ticket, [someEntry(ticket)]);
        const [entry] = await tickets.pending(now, 10);
        if (!entry) return expect.fail('nothing is due');
        const claimed = await Promise.all(Array.from({ length: 5 }, () => tickets.claim(entry, later(1))));
        expect(claimed.filter(Boolean)).to.have.length(1);
        expect(await tickets.pending(now, 10)).to.deep.equal([]);
        const [again] = await tickets.pending(later(1), 10);
        expect(again?.attempts).to.equal(1);
        expect(await tickets.claim(entry, later(2))).to.equal(false);
        await tickets.sent(entry.id);
        expect(again && (await tickets.claim(again, later(2)))).to.equal(false);
      });

      it('puts an entry off', async () => {
        const ticket = someTicket('a');
        await tickets.create(ticket, [someEntry(ticket)]);
        await tickets.putOff(`${ticket.id}/filed`, later(1));
        expect(await tickets.pending(now, 10)).to.deep.equal([]);
        expect((await tickets.pending(later(1), 10))[0]?.attempts).to.equal(0);
      });
    });

    describe('documents', () => {
      it('are written, read and deleted', async () => {
        await documents.write('k', { words: ['å', 1, null] }, null, now, later(24));
        expect((await documents.read(['k', 'other'], now)).get('k')?.value).to.deep.equal({
          words: ['å', 1, null],
        });
        await documents.delete(['k', 'other']);
        expect((await documents.read(['k'], now)).size).to.equal(0);
      });

      it('change only for whoever read them last', async () => {
        const etag = await documents.write('k', 1, null, now, later(24));
        expect(await rejection(documents.write('k', 2, null, now, later(24)))).to.be.instanceOf(EtagMismatch);
        const next = await documents.write('k', 3, etag, now, later(24));
        expect(next).to.not.equal(etag);
        expect(await rejection(documents.write('k', 4, etag, now, later(24)))).to.be.instanceOf(EtagMismatch);
        await documents.write('k', 5, '*', now, later(24));
        expect((await documents.read(['k'], now)).get('k')?.value).to.equal(5);
      });

      it('expire, and are gone after a purge', async () => {
        await documents.write('short', 1, null, now, later(1));
        await documents.write('long', 1, null, now, later(3));
        expect([...(await documents.read(['short', 'long'], later(2))).keys()]).to.deep.equal(['long']);
        expect(await documents.purge(later(2))).to.equal(1);
        expect(await documents.purge(later(2))).to.equal(0);
      });

      it('that have expired make room for new ones', async () => {
        await documents.write('k', 'old', null, now, later(1));
        await documents.write('k', 'new', null, later(2), later(3));
        expect((await documents.read(['k'], later(2))).get('k')?.value).to.equal('new');
      });
    });
  });
}
