import { expect } from 'chai';
import { memoryAudit } from '../../src/adapters/memory/memory-audit.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { type AuditEntry, type AuditLog, chain, headOf, verifyAudit } from '../../src/tickets/audit.ts';
import { TransitionError } from '../../src/tickets/life-cycle.ts';
import { officeOf } from '../../src/tickets/office.ts';
import { EtagMismatch } from '../../src/tickets/ticket-store.ts';
import { someTicket } from './some-ticket.ts';

const now = new Date('2026-02-01T12:00:00.000Z');
const officer = { id: 'o1', role: 'officer' } as const;

async function someLog(entries: number): Promise<AuditEntry[]> {
  const audit = memoryAudit();
  for (let n = 0; n < entries; n += 1)
    await audit.append({
      at: now.toISOString(),
      by: officer,
      action: 'ticket.look',
      ticketId: `t${n}`,
      detail: { n },
    });
  return audit.read(0, entries);
}

/** Entries that come behind others, of another officer's. */
async function grown(entries: readonly AuditEntry[], count: number): Promise<AuditEntry[]> {
  const more: AuditEntry[] = [];
  for (let each = 0; each < count; each += 1)
    more.push(
      chain(
        { at: now.toISOString(), by: { id: 'o2', role: 'officer' }, action: 'x', ticketId: null, detail: {} },
        more.at(-1) ?? entries.at(-1) ?? null,
      ),
    );
  return more;
}

function logOf(entries: AuditEntry[]): AuditLog {
  return {
    ...memoryAudit(),
    read: async (after, limit) => entries.filter(({ seq }) => seq > after).slice(0, limit),
  };
}

describe('the audit log', () => {
  it('shows where an entry was changed, taken out, put in or moved', async () => {
    const log = await someLog(5);
    const change = (changes: object) =>
      log.map((entry) => (entry.seq === 3 ? { ...entry, ...changes } : entry));
    const tampered: [string, AuditEntry[], number][] = [
      ['who', change({ by: { id: 'o2', role: 'officer' } }), 3],
      ['when', change({ at: '2026-02-02T12:00:00.000Z' }), 3],
      ['what', change({ detail: { n: 99 } }), 3],
      ['taken out', log.filter(({ seq }) => seq !== 3), 3],
      ['the first taken out', log.slice(1), 1],
      [
        'swapped',
        log
          .map((entry, at) => ({ ...entry, seq: at === 1 ? 3 : at === 2 ? 2 : entry.seq }))
          .sort((a, b) => a.seq - b.seq),
        2,
      ],
    ];
    expect(await verifyAudit(logOf(log))).to.include({ entries: 5, brokenAt: null });
    for (const [what, entries, at] of tampered)
      expect((await verifyAudit(logOf(entries))).brokenAt, what).to.equal(at);
  });

  it('shows what was cut off its end against an entry known from before, and nothing without one', async () => {
    const log = await someLog(5);
    const known = (entry: AuditEntry | undefined) => (entry ? headOf(entry) : '');
    const [third, fifth] = [known(log[2]), known(log[4])];
    const cut = log.slice(0, 3);
    expect(await verifyAudit(logOf(cut))).to.deep.equal({ entries: 3, head: third, brokenAt: null });
    expect(await verifyAudit(logOf(cut), fifth)).to.deep.equal({ entries: 3, head: third, brokenAt: 4 });
    expect(await verifyAudit(logOf([]), third)).to.deep.equal({ entries: 0, head: null, brokenAt: 1 });
    for (const earlier of [third, fifth])
      expect((await verifyAudit(logOf(log), earlier)).brokenAt).to.equal(null);
    const anew = await someLog(2);
    const other = logOf([...anew, ...(await grown(anew, 3))]);
    expect((await verifyAudit(other)).brokenAt, 'a chain made anew holds by itself').to.equal(null);
    expect((await verifyAudit(other, third)).brokenAt).to.equal(3);
  });
});

describe('the office', () => {
  const setUp = async () => {
    const [tickets, audit] = [memoryTickets(), memoryAudit()];
    const stored = await tickets.create(someTicket('a'), []);
    return { office: officeOf(tickets, audit, () => now), audit, stored };
  };

  it('logs every look and change, by whom, without a word of the person', async () => {
    const { office, audit, stored } = await setUp();
    await office.look(stored.ticket.id, officer);
    await office.find({ limit: 10 }, officer);
    let found = await office.assign(stored, 'o1', officer);
    found = await office.note(found, 'Ringde Anna Berg', officer);
    found = await office.identify(found, 'verified', officer);
    found = await office.amend(
      found,
      { ...found.ticket, slots: { ...found.ticket.slots, phone: '+46701740605' } },
      officer,
    );
    found = await office.move(found, 'refused', officer, 'Anna Berg kunde inte styrka vem hon är');
    expect(found.ticket).to.include({ status: 'refused', assignee: 'o1', identity: 'verified' });
    const entries = await audit.read(0, 20);
    expect(entries.map(({ action }) => action)).to.deep.equal([
      'ticket.look',
      'ticket.list',
      'ticket.assign',
      'ticket.note',
      'ticket.identify',
      'ticket.amend',
      'ticket.move',
    ]);
    expect(JSON.stringify(entries)).to.not.match(/anna|berg|4670/i);
    expect(entries.at(-1)?.detail).to.deep.equal({ from: 'submitted', to: 'refused' });
  });

  it('logs which tickets a search for a person has found, and never for whom', async () => {
    const { office, audit, stored } = await setUp();
    const { number } = stored.ticket;
    for (const query of [
      { email: 'Anna.Berg@example.se' },
      { email: 'bo@example.se' },
      { phone: '+46701740605' },
      { type: 'erasure' },
    ])
      await office.find({ ...query, limit: 10 }, officer);
    const entries = await audit.read(0, 10);
    expect(entries.map(({ detail }) => detail)).to.deep.equal([
      { found: 1, searched: 'email', numbers: number },
      { found: 0, searched: 'email' },
      { found: 0, searched: 'phone' },
      { found: 1 },
    ]);
    expect(JSON.stringify(entries)).to.not.match(/anna|example\.se|4670/i);
  });

  it('refuses what the law wants reasons for without them, and what has changed meanwhile', async () => {
    const { office, audit, stored } = await setUp();
    const failure = async (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error: unknown) => error,
      );
    expect(await failure(office.move(stored, 'refused', officer))).to.be.instanceOf(TransitionError);
    await office.assign(stored, 'o1', officer);
    expect(await failure(office.assign(stored, 'o2', officer))).to.be.instanceOf(EtagMismatch);
    expect((await audit.read(0, 10)).length, 'what did not happen is not logged').to.equal(1);
  });
});
