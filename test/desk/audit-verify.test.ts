import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { sqliteAudit } from '../../src/adapters/sqlite/sqlite-audit.ts';
import { ROOT } from '../../src/paths.ts';

describe('audit:verify', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const file = join(folder, 'assistant.db');
  const write = async (count: number) => {
    const database = openDatabase(file);
    const log = sqliteAudit(database);
    for (let each = 0; each < count; each += 1)
      await log.append({
        at: '2026-02-20T09:00:00.000Z',
        by: { id: 'kim', role: 'officer' },
        action: 'ticket.look',
        ticketId: `ticket ${each}`,
        detail: { each },
      });
    database.close();
  };
  const tamper = (sql: string) => {
    const database = openDatabase(file);
    database.exec(sql);
    database.close();
  };
  const verify = (...options: string[]) => {
    const command = [join(ROOT, 'src', 'audit-verify.ts'), ...options];
    const { stdout, stderr, status } = spawnSync(process.execPath, command, {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: folder },
    });
    return { stdout: stdout.trim(), stderr: stderr.trim(), status };
  };
  beforeEach(() => write(20));
  afterEach(() => rmSync(file));
  after(() => rmSync(folder, { recursive: true }));

  it('says that a log holds, and which entry is the last', () => {
    const { stdout, ...rest } = verify();
    expect(stdout).to.match(/^20 entries of the audit log hold; the last is 20:[0-9a-f]{64}$/);
    expect(rest).to.deep.equal({ stderr: '', status: 0 });
  });

  it('says that the end was cut off, where it is told which entry was the last', () => {
    const last = /20:\w+/.exec(verify().stdout)?.[0] ?? '';
    expect(verify('--last', last).status).to.equal(0);
    tamper('DELETE FROM audit WHERE seq > 17');
    expect(verify().status).to.equal(0);
    const { stdout, stderr, status } = verify('--last', last);
    expect(stdout).to.match(/^17 entries of the audit log hold; the last is 17:/);
    expect(stderr).to.match(/^Entry 18 /);
    expect(status).to.equal(1);
  });

  for (const last of ['20', '20:abc', `0:${'a'.repeat(64)}`, 'x'])
    it(`does not take ${last} for an entry`, () => {
      const { stderr, status } = verify('--last', last);
      expect(stderr).to.include('--last takes');
      expect(status).to.equal(1);
    });

  for (const [what, sql] of Object.entries({
    'has been changed': `UPDATE audit SET entry = replace(entry, 'kim', 'robin') WHERE seq = 7`,
    'has been taken out': 'DELETE FROM audit WHERE seq = 7',
    'cannot be read': `UPDATE audit SET entry = 'x' WHERE seq = 7`,
  }))
    it(`says where an entry ${what}`, () => {
      tamper(sql);
      const { stdout, stderr, status } = verify();
      expect(stdout).to.match(/^6 entries of the audit log hold; the last is 6:/);
      expect(stderr).to.match(/^Entry 7 /);
      expect(status).to.equal(1);
    });
});
