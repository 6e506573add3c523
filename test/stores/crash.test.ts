import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';

const KILLS = 50;

describe('a store whose process is killed', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  after(() => rmSync(folder, { recursive: true }));

  it(`${KILLS} times while writing has lost nothing that it acknowledged`, async () => {
    const file = join(folder, 'assistant.db');
    const acknowledged: string[] = [];
    for (let run = 0; run < KILLS; run += 1) {
      const writer = spawn(
        process.execPath,
        [join(import.meta.dirname, 'crash-writer.ts'), file, String(run)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let said = '';
      writer.stdout.on('data', (chunk: Buffer) => {
        said += chunk;
      });
      await once(writer.stdout, 'data');
      // Anywhere in the few milliseconds that a write takes.
      await new Promise((resolve) => setTimeout(resolve, run % 25));
      writer.kill('SIGKILL');
      await once(writer, 'close');
      acknowledged.push(...said.split('\n').slice(0, -1));
    }
    const database = openDatabase(file);
    const stored = new Set(database.prepare('SELECT number FROM tickets').pluck().all());
    expect(acknowledged.length).to.be.at.least(KILLS);
    expect(acknowledged.filter((number) => !stored.has(number))).to.deep.equal([]);
    const orphans = 'SELECT count(*) FROM tickets WHERE id NOT IN (SELECT ticket_id FROM outbox)';
    expect(database.prepare(orphans).pluck().get(), 'tickets without an outbox entry').to.equal(0);
    expect(database.pragma('integrity_check', { simple: true })).to.equal('ok');
    database.close();
  });
});
