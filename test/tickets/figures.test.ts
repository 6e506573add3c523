import { expect } from 'chai';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { dueState } from '../../src/tickets/due-state.ts';
import { figuresOf } from '../../src/tickets/figures.ts';
import type { Status, Ticket } from '../../src/tickets/ticket.ts';
import type { TicketQuery } from '../../src/tickets/ticket-store.ts';
import { someTicket } from './some-ticket.ts';

const now = new Date('2026-02-20T09:00:00Z');

describe('how near a day is', () => {
  const nearness = (due: string | null, at = now, status: Status = 'submitted') =>
    dueState({ due, status, receivedAt: '2026-02-19T09:00:00.000Z' }, at).nearness;

  it('is told at three and at seven days, and once it has passed', () => {
    expect(
      ['2026-02-28', '2026-02-27', '2026-02-24', '2026-02-23', '2026-02-20', '2026-02-19'].map((due) =>
        nearness(due),
      ),
    ).to.deep.equal(['far', 'soon', 'soon', 'near', 'near', 'overdue']);
  });

  it('goes by the day in Sweden', () => {
    expect(nearness('2026-02-20', new Date('2026-02-20T22:59:00Z'))).to.equal('near');
    expect(nearness('2026-02-20', new Date('2026-02-20T23:00:00Z'))).to.equal('overdue');
  });

  it('is nothing where nobody waits', () => {
    expect(nearness(null)).to.equal('none');
    for (const status of ['completed', 'refused', 'withdrawn', 'referred', 'expired', 'draft'] as const)
      expect(nearness('2026-02-01', now, status), status).to.equal('none');
  });

  it('is soon from the start for what is dealt with at once, and near after a day', () => {
    const hours = (count: number, due = '2026-03-20') => {
      const receivedAt = new Date(now.getTime() - count * 3_600_000).toISOString();
      return dueState({ due, status: 'submitted', receivedAt }, now, true).nearness;
    };
    expect([hours(1), hours(23), hours(24), hours(500)]).to.deep.equal(['soon', 'soon', 'near', 'near']);
    expect([hours(1, '2026-02-22'), hours(500, '2026-02-19')]).to.deep.equal(['near', 'overdue']);
  });
});

describe('the figures', () => {
  const count = async (...tickets: Ticket[]) => {
    const store = memoryTickets();
    for (const ticket of tickets) await store.create(ticket, []);
    return figuresOf(store, now);
  };
  const answered = (key: string, at: string, to: Status = 'completed') =>
    someTicket(key, { status: to, history: [{ at, from: 'in_progress', to, by: 'kim' }] });

  it('are all nothing where there is nothing', async () => {
    const figures = await count();
    expect(figures).to.include({ open: 0, overdue: 0, dueSoon: 0, medianDays: null });
    expect(figures.byType).to.deep.equal([]);
    expect(figures.byMonth.map(({ month }) => month)).to.deep.equal([
      ...['2025-03', '2025-04', '2025-05', '2025-06', '2025-07', '2025-08', '2025-09', '2025-10'],
      ...['2025-11', '2025-12', '2026-01', '2026-02'],
    ]);
  });

  it('leave drafts out, and what is not dated out of what is late', async () => {
    const figures = await count(
      someTicket('draft', { status: 'draft', due: '2026-01-01' }),
      someTicket('undated', { due: null }),
      someTicket('late', { due: '2026-02-19' }),
      someTicket('today', { due: '2026-02-20' }),
      someTicket('seventh', { due: '2026-02-27' }),
      someTicket('eighth', { due: '2026-02-28' }),
    );
    expect(figures).to.include({ open: 5, overdue: 1, dueSoon: 2 });
  });

  it('count as due soon what the queue shows as such', async () => {
    const days = ['2026-02-20', '2026-02-23', '2026-02-24', '2026-02-26', '2026-02-27', '2026-02-28'];
    const tickets = days.map((due) => someTicket(due, { due }));
    const soon = tickets.filter((ticket) => ['near', 'soon'].includes(dueState(ticket, now).nearness));
    expect((await count(...tickets)).dueSoon)
      .to.equal(soon.length)
      .and.to.equal(5);
  });

  it('take the middle of the days to an answer, and count no withdrawal as one', async () => {
    const answers = [
      answered('two', '2026-02-02T09:00:00.000Z'),
      answered('five', '2026-02-05T09:00:00.000Z', 'refused'),
    ];
    const withdrawn = answered('gone', '2026-02-20T09:00:00.000Z', 'withdrawn');
    expect((await count(...answers, withdrawn)).medianDays).to.equal(3.5);
    expect((await count(...answers, answered('one', '2026-02-01T09:00:00.000Z'))).medianDays).to.equal(2);
  });

  it('count each request in the month it came and in the month it was answered, by days in Sweden', async () => {
    const figures = await count(
      someTicket('new year', { receivedAt: '2025-12-31T23:30:00.000Z' }),
      answered('answered', '2026-01-31T23:30:00.000Z'),
      someTicket('long ago', { receivedAt: '2024-01-01T09:00:00.000Z' }),
    );
    expect(figures.byMonth.slice(-3)).to.deep.equal([
      { month: '2025-12', received: 0, answered: 0 },
      { month: '2026-01', received: 2, answered: 0 },
      { month: '2026-02', received: 0, answered: 1 },
    ]);
    expect(figures.byType).to.deep.equal([{ type: 'erasure', open: 2, ended: 1 }]);
  });

  it('leave out what cannot be read, and say how many that is on all pages', async () => {
    const store = memoryTickets();
    for (let each = 0; each < 300; each += 1) await store.create(someTicket(`many ${each}`), []);
    const damaged = { find: async (query: TicketQuery) => ({ ...(await store.find(query)), unreadable: 2 }) };
    expect(await figuresOf(damaged, now)).to.include({ open: 300, unreadable: 4 });
  });

  it('go through more tickets than fit on a page of the store', async () => {
    const many = Array.from({ length: 600 }, (_, index) => someTicket(`many ${index}`));
    expect((await count(...many)).open).to.equal(600);
  });
});
