import { expect } from 'chai';
import { memoryAudit } from '../../src/adapters/memory/memory-audit.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { type Courier, deliverDue } from '../../src/tickets/courier.ts';
import { officeOf } from '../../src/tickets/office.ts';
import { entriesFor, entriesForAmend, entriesForMove, isOfDue, remindAt } from '../../src/tickets/outbox.ts';
import type { Status, Ticket } from '../../src/tickets/ticket.ts';
import type { StoredTicket, TicketStore } from '../../src/tickets/ticket-store.ts';
import { someEntry, someTicket } from './some-ticket.ts';

const now = new Date('2026-02-01T12:00:00Z');
const filedFor = (): Ticket => ({
  ...someTicket('a'),
  due: '2026-03-02',
  filedBy: { role: 'recruiter', reference: 'aad' },
});
const moveTo = (tickets: TicketStore, found: StoredTicket, to: Status) =>
  officeOf(tickets, memoryAudit(), () => now).move(found, to, { id: 'o', role: 'officer' });
const kinds = ['filer.moved', 'filer.near'];

describe('what is to be told of a ticket', () => {
  it('is told to those who handle it and to the person where they can be written to, and to nobody else', async () => {
    expect(entriesFor(someTicket('a')).map(({ kind }) => kind)).to.deep.equal([
      'ticket.filed',
      'mail.receipt',
    ]);
    const unreachable = { ...someTicket('a'), slots: { phone: '+46701740605' } };
    expect(entriesFor(unreachable).map(({ kind }) => kind)).to.deep.equal(['ticket.filed']);
    const tickets = memoryTickets();
    const stored = await tickets.create(someTicket('a'), []);
    await moveTo(tickets, stored, 'in_progress');
    expect(await tickets.pending(new Date('2027-01-01'), 10, kinds)).to.deep.equal([]);
  });

  it('reminds whoever filed it three days before, in the morning in Stockholm', () => {
    expect(remindAt(filedFor())?.toISOString()).to.equal('2026-02-27T07:00:00.000Z');
    const near = entriesFor(filedFor()).at(-1);
    expect(near).to.include({ kind: 'filer.near', notBefore: '2026-02-27T07:00:00.000Z' });
  });

  it('reminds at once where less time than that is left', () => {
    const late = { ...filedFor(), createdAt: '2026-03-01T10:00:00.000Z' };
    expect(entriesFor(late).at(-1)?.notBefore).to.equal(late.createdAt);
  });

  it('reminds anew where the day is moved, and of no day but the one that it is due', async () => {
    const tickets = memoryTickets();
    const office = officeOf(tickets, memoryAudit(), () => now);
    const found = await tickets.create(filedFor(), entriesFor(filedFor()));
    const officer = { id: 'o', role: 'officer' } as const;
    const sooner = await office.amend(found, { ...found.ticket, due: '2026-02-20' }, officer);
    const reminders = await tickets.pending(new Date('2027-01-01'), 10, ['filer.near']);
    expect(reminders.map(({ notBefore }) => notBefore)).to.deep.equal([
      '2026-02-17T07:00:00.000Z',
      '2026-02-27T07:00:00.000Z',
    ]);
    expect(reminders.map((entry) => isOfDue(entry, sooner.ticket))).to.deep.equal([true, false]);
    expect(reminders.map((entry) => isOfDue(entry, filedFor()))).to.deep.equal([false, true]);
  });

  it('is told of each change, however soon after another', async () => {
    const tickets = memoryTickets();
    const office = officeOf(tickets, memoryAudit(), () => now);
    let found: StoredTicket = await tickets.create(filedFor(), entriesFor(filedFor()));
    for (const due of ['2026-02-20', '2026-03-02', '2026-02-20'])
      found = await office.amend(found, { ...found.ticket, due }, { id: 'o', role: 'officer' });
    expect(await tickets.pending(now, 10, ['ticket.amended'])).to.have.length(3);
  });

  it('does not remind anew where the day stays', () => {
    const renamed = { ...filedFor(), slots: { ...filedFor().slots, name: 'Anna Bergh' } };
    expect(entriesForAmend(filedFor(), renamed, now).map(({ kind }) => kind)).to.deep.equal([
      'ticket.amended',
    ]);
  });

  it('reminds once of a day that was put off before the first reminder', () => {
    const due = '2026-05-04';
    const step = {
      at: now.toISOString(),
      from: 'in_progress',
      to: 'extended',
      by: 'o',
      reason: 'x',
    } as const;
    const extended: Ticket = { ...filedFor(), status: 'extended', due, history: [step] };
    const reminders = [...entriesFor(filedFor()), ...entriesForMove(extended)].filter(
      ({ kind }) => kind === 'filer.near',
    );
    expect(reminders.map((entry) => isOfDue(entry, extended))).to.deep.equal([false, true]);
  });

  it('has reminders of earlier versions, which are not named after their day', () => {
    for (const name of ['near', 'near/3']) {
      const entry = someEntry(filedFor(), { id: `${filedFor().id}/${name}`, kind: 'filer.near' });
      expect(isOfDue(entry, filedFor()), name).to.equal(true);
    }
  });

  it('goes to a new address, which has had no letter yet, and to no old one', async () => {
    const tickets = memoryTickets();
    const office = officeOf(tickets, memoryAudit(), () => now);
    const amend = async (changes: Ticket['slots']) => {
      const found = await tickets.byId(someTicket('a').id);
      if (!found) throw new RangeError('not there');
      const slots = { ...found.ticket.slots, ...changes };
      await office.amend(found, { ...found.ticket, slots }, { id: 'o', role: 'officer' });
      const due = await tickets.pending(now, 10);
      for (const { id } of due) await tickets.sent(id);
      return due.map(({ kind }) => kind);
    };
    await tickets.create(someTicket('a'), []);
    expect(await amend({ name: 'Anna Bergh' })).to.deep.equal(['ticket.amended']);
    expect(await amend({ email: 'anna@example.com' })).to.have.members(['ticket.amended', 'mail.receipt']);
  });

  it('has a letter of its own for each address, beside the first receipt', () => {
    const before = someTicket('a');
    const after = { ...before, slots: { ...before.slots, email: 'anna@example.com' } };
    const ids = [...entriesFor(before), ...entriesForAmend(before, after, now)].map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    const { email: _, ...unreachable } = after.slots;
    expect(entriesForAmend(before, { ...before, slots: unreachable }, now)).to.have.length(1);
  });

  it('is stored with each step, one entry a step', async () => {
    const tickets = memoryTickets();
    const first = await moveTo(tickets, await tickets.create(filedFor(), []), 'in_progress');
    await moveTo(tickets, first, 'completed');
    expect((await tickets.pending(now, 10, kinds)).map(({ kind }) => kind)).to.deep.equal([
      'filer.moved',
      'filer.moved',
    ]);
  });
});

describe('delivering', () => {
  const setUp = async (deliver: Courier['deliver']) => {
    const tickets = memoryTickets();
    await moveTo(tickets, await tickets.create(filedFor(), entriesFor(filedFor())), 'in_progress');
    const failures: object[] = [];
    const round = (at = now) =>
      deliverDue(tickets, [{ kinds, deliver }], {
        clock: () => at,
        undelivered: (failure) => failures.push(failure),
      });
    return { tickets, failures, round };
  };

  it('tells what is due once', async () => {
    const told: string[] = [];
    const { round } = await setUp(async ({ kind }) => {
      told.push(kind);
      return 'told';
    });
    expect([await round(), await round()]).to.deep.equal([1, 0]);
    expect(told).to.deep.equal(['filer.moved']);
  });

  it('goes on with the others where the ticket of one cannot be read', async () => {
    const tickets = memoryTickets();
    for (const key of ['a', 'b']) await tickets.create(someTicket(key), entriesFor(someTicket(key)));
    const unreadable = someTicket('a').id;
    const store: TicketStore = {
      ...tickets,
      async byId(id) {
        if (id === unreadable) throw new SyntaxError('not readable');
        return tickets.byId(id);
      },
    };
    const told: string[] = [];
    const failures: object[] = [];
    const courier: Courier = {
      kinds: ['ticket.filed'],
      deliver: async (entry) => {
        told.push(entry.ticketId);
        return 'told';
      },
    };
    const round = { clock: () => now, undelivered: (failure: object) => failures.push(failure) };
    await deliverDue(store, [courier], round);
    expect(told).to.deep.equal([someTicket('b').id]);
    expect(failures).to.have.length(1);
    const left = await tickets.pending(new Date(now.getTime() + 60_000), 9, ['ticket.filed']);
    expect(left.map(({ ticketId }) => ticketId)).to.deep.equal([unreadable]);
  });

  it('leaves what nobody delivers', async () => {
    const { tickets, round } = await setUp(async () => 'told');
    await round(new Date('2027-01-01'));
    const left = await tickets.pending(new Date('2027-01-01'), 10);
    expect(left.map(({ kind }) => kind).sort()).to.deep.equal([
      'mail.moved',
      'mail.receipt',
      'ticket.filed',
      'ticket.moved',
    ]);
  });

  it('puts off what fails, longer each time, and reports it by ids alone', async () => {
    let fails = true;
    const { failures, round } = await setUp(async () => {
      if (fails) throw new TypeError('anna@example.se said something');
      return 'told';
    });
    await round();
    expect(await round(new Date(now.getTime() + 59_000))).to.equal(0);
    await round(new Date(now.getTime() + 61_000));
    expect(failures.map((failure) => ('attempts' in failure ? failure.attempts : 0))).to.deep.equal([1, 2]);
    expect(JSON.stringify(failures)).to.not.include('anna');
    fails = false;
    expect(await round(new Date(now.getTime() + 180_000))).to.equal(0);
    expect(await round(new Date(now.getTime() + 182_000))).to.equal(1);
  });

  it('tells nothing that it cannot note first, nor what another has taken', async () => {
    const tickets = memoryTickets();
    await tickets.create(someTicket('a'), entriesFor(someTicket('a')));
    const told: string[] = [];
    const courier: Courier = {
      kinds: ['ticket.filed'],
      deliver: async ({ id }) => {
        told.push(id);
        return 'told';
      },
    };
    const round = { clock: () => now, undelivered: () => undefined };
    const full: TicketStore = { ...tickets, claim: () => Promise.reject(new Error('the disk is full')) };
    expect(await deliverDue(full, [courier], round)).to.equal(0);
    const late: TicketStore = { ...tickets, claim: async () => false };
    expect(await deliverDue(late, [courier], round)).to.equal(0);
    expect(told).to.deep.equal([]);
    expect(await deliverDue(tickets, [courier], round)).to.equal(1);
  });

  it('ends in the middle of a round where it is told to', async () => {
    const tickets = memoryTickets();
    for (const key of ['a', 'b', 'c']) await tickets.create(someTicket(key), entriesFor(someTicket(key)));
    let left = 2;
    const round = { clock: () => now, undelivered: () => undefined, goesOn: () => left-- > 0 };
    expect(
      await deliverDue(tickets, [{ kinds: ['ticket.filed'], deliver: async () => 'told' }], round),
    ).to.equal(2);
  });

  it('comes back later where the courier says so', async () => {
    const { round } = await setUp(async () => new Date(now.getTime() + 3_600_000));
    expect(await round()).to.equal(0);
    expect(await round(new Date(now.getTime() + 3_599_000))).to.equal(0);
  });
});
