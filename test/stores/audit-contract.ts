import { expect } from 'chai';
import { type AuditEvent, type AuditLog, verifyAudit } from '../../src/tickets/audit.ts';

const event = (action: string, ticketId: string | null = null): AuditEvent => ({
  at: '2026-02-01T12:00:00.000Z',
  by: { id: 'o1', role: 'officer' },
  action,
  ticketId,
  detail: { to: 'completed', n: 1 },
});

interface Opened {
  audit: AuditLog;
  /** Changes what is stored of an entry behind the log's back. Nothing kept in memory alone can be reached so. */
  tamper?(seq: number, change: { text: string } | { ticketId: string }): void | Promise<void>;
  close(): void;
}

/** What every audit log must do. `open` gives an empty one. */
export function auditContract(name: string, open: () => Opened | Promise<Opened>): void {
  describe(`the contract of the audit log: ${name}`, () => {
    let audit: AuditLog;
    let tamper: Opened['tamper'];
    let close: () => void;
    beforeEach(async () => {
      ({ audit, tamper, close } = await open());
    });
    afterEach(() => close());

    it('chains its entries, however many come at once', async () => {
      await Promise.all(Array.from({ length: 50 }, (_, index) => audit.append(event(`a${index}`))));
      expect(await verifyAudit(audit)).to.include({ entries: 50, brokenAt: null });
      const [first, second] = await audit.read(0, 2);
      expect(second?.previous).to.equal(first?.hash);
      expect((await audit.read(48, 10)).map(({ seq }) => seq)).to.deep.equal([49, 50]);
    });

    it('gives the last entries first, and those before a place', async () => {
      expect(await audit.latest(2)).to.deep.equal([]);
      for (const action of ['a', 'b', 'c', 'd', 'e']) await audit.append(event(action));
      const places = async (limit: number, before?: number) =>
        (await audit.latest(limit, before)).map(({ seq }) => seq);
      expect(await places(2)).to.deep.equal([5, 4]);
      expect(await places(2, 4)).to.deep.equal([3, 2]);
      expect(await places(10, 3)).to.deep.equal([2, 1]);
      expect(await places(10, 1)).to.deep.equal([]);
    });

    it('gives what is about a ticket', async () => {
      for (const [action, id] of [
        ['a', 't1'],
        ['b', 't2'],
        ['c', 't1'],
      ] as const)
        await audit.append(event(action, id));
      expect((await audit.about('t1', 10)).map(({ action }) => action)).to.deep.equal(['a', 'c']);
    });

    it('gives the last of what is about a ticket, or of some actions, the oldest of them first', async () => {
      for (const action of ['given up', 'look', 'moved', 'look', 'given up', 'look', 'look'])
        await audit.append(event(action, 't1'));
      await audit.append(event('given up', 't2'));
      const places = async (limit: number, actions?: readonly string[]) =>
        (await audit.about('t1', limit, actions)).map(({ seq }) => seq);
      expect(await places(3)).to.deep.equal([5, 6, 7]);
      expect(await places(2, ['given up', 'moved'])).to.deep.equal([3, 5]);
      expect(await places(9, ['given up', 'moved'])).to.deep.equal([1, 3, 5]);
      expect(await places(9, ['given'])).to.deep.equal([]);
    });

    const filled = async () => {
      for (const action of ['a', 'b', 'c']) await audit.append(event(action, 't1'));
    };

    it('gives an entry that cannot be read as such among the others, and goes on behind it', async () => {
      await filled();
      const isTampered = tamper !== undefined;
      await tamper?.(3, { text: '{"action":"c",' });
      const third = isTampered ? 'unreadable' : 'c';
      expect((await audit.latest(2)).map(({ action }) => action)).to.deep.equal([third, 'b']);
      expect((await audit.about('t1', 9)).map(({ action }) => action)).to.deep.equal(['a', 'b', third]);
      expect((await audit.about('t1', 9, ['b'])).map(({ seq }) => seq)).to.deep.equal([2]);
      expect((await audit.append(event('d', 't1'))).seq).to.equal(4);
      expect((await verifyAudit(audit)).brokenAt).to.equal(isTampered ? 3 : null);
    });

    it('shows that what stands beside an entry was changed', async () => {
      await filled();
      await tamper?.(2, { ticketId: 't2' });
      expect((await verifyAudit(audit)).brokenAt).to.equal(tamper ? 2 : null);
    });
  });
}
