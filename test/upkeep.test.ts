import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { memoryStores } from '../src/adapters/memory/memory-stores.ts';
import { memoryTranscripts } from '../src/adapters/memory/memory-transcripts.ts';
import { headOf } from '../src/tickets/audit.ts';
import { beginUpkeep } from '../src/upkeep.ts';

describe('upkeep', () => {
  it('writes the head of the audit log to the log of the service, so that a cut shows against it', async () => {
    const lines: Record<string, unknown>[] = [];
    const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
    const stores = {
      ...memoryStores(),
      transcripts: memoryTranscripts(),
      isReady: async () => true,
      charges: () => ({}),
      close: () => {},
    };
    const entry = await stores.audit.append({
      at: '2026-02-20T09:00:00.000Z',
      by: { id: 'kim', role: 'officer' },
      action: 'ticket.look',
      ticketId: 't1',
      detail: {},
    });
    const dataDir = mkdtempSync(join(tmpdir(), 'upkeep-'));
    const retention = { draftDays: 30, endedMonths: 24, lessonMonths: 12 };
    const clock = () => new Date('2026-02-20T09:00:00Z');
    const upkeep = beginUpkeep(stores, {}, { retention, dataDir, cosmos: null }, { clock, logger });
    await upkeep.stop();
    rmSync(dataDir, { recursive: true });
    expect(lines.map(({ head }) => head)).to.deep.equal([headOf(entry)]);
  });
});
