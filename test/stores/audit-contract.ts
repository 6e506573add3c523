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
  close(): void;
}

/** What every audit log must do. `open` gives an empty one. */
export function auditContract(name: string, open: () => Opened | Promise<Opened>): void {
  describe(`the contract of the audit log: ${name}`, () => {
    let audit: AuditLog;
    let close: () => void;
    beforeEach(async () => {
      ({ audit, close } = await open());
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
  });
}
