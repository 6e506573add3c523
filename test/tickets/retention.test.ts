import { expect } from 'chai';
import { memoryAudit } from '../../src/adapters/memory/memory-audit.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { monthsBefore, purgeTickets } from '../../src/tickets/retention.ts';
import { someTicket } from './some-ticket.ts';

const retention = { draftDays: 30, endedMonths: 24, lessonMonths: 12 };

describe('retention', () => {
  it('counts months by the calendar', () => {
    expect(monthsBefore(new Date('2026-03-31T10:00:00Z'), 1).toISOString()).to.equal(
      '2026-02-28T10:00:00.000Z',
    );
    expect(monthsBefore(new Date('2026-01-15T10:00:00Z'), 24).toISOString()).to.equal(
      '2024-01-15T10:00:00.000Z',
    );
  });

  it('leaves a count in the audit log and nothing else', async () => {
    const [tickets, audit] = [memoryTickets(), memoryAudit()];
    const ended = { at: '2024-01-01T00:00:00.000Z', from: 'in_progress', to: 'completed', by: 'o' } as const;
    await tickets.create(someTicket('old', { status: 'completed', history: [ended] }), []);
    await tickets.create(someTicket('open', { createdAt: '2020-01-01T00:00:00.000Z' }), []);
    const now = new Date('2026-02-01T12:00:00Z');
    expect(await purgeTickets(now, retention, tickets, audit)).to.equal(1);
    expect(await purgeTickets(now, retention, tickets, audit)).to.equal(0);
    const entries = await audit.read(0, 10);
    expect(entries.map(({ action, ticketId, detail }) => ({ action, ticketId, detail }))).to.deep.equal([
      { action: 'retention.purge', ticketId: null, detail: { tickets: 1 } },
    ]);
    expect((await tickets.find({ limit: 10 })).tickets).to.have.length(1);
  });
});
