import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DatabaseError, openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { sqliteAudit } from '../../src/adapters/sqlite/sqlite-audit.ts';
import { openStores, openStoresAlone } from '../../src/open-stores.ts';
import { verifyAudit } from '../../src/tickets/audit.ts';
import { someTicket } from '../tickets/some-ticket.ts';

describe('opening the embedded store', () => {
  let dataDir: string;
  const warnings: object[] = [];
  const open = (...dataKeys: { id: string; key: Uint8Array }[]) =>
    openStores({ cosmos: null, dataDir, dataKeys }, (facts) => warnings.push(facts));
  const key = { id: 'k1', key: new Uint8Array(32).fill(1) };
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'stores-'));
    warnings.length = 0;
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is refused without the keys that it was sealed with, and what to do is said', async () => {
    (await open(key)).close();
    const error = await open().then(
      () => expect.fail('it was opened'),
      (cause: Error) => cause,
    );
    expect(error).to.be.instanceOf(DatabaseError);
    expect(error.message).to.match(/k1.*DATA_KEYS/);
    (await open(key)).close();
  });

  it('lets one service use a folder, and those who only look beside it', async () => {
    const alone = () => openStoresAlone({ cosmos: null, dataDir, dataKeys: [] });
    const first = await alone();
    const error = await alone().then(
      () => expect.fail('it was opened'),
      (cause: Error) => cause,
    );
    expect(error).to.be.instanceOf(DatabaseError);
    expect(error.message).to.include('another service');
    (await open()).close();
    first.close();
    (await alone()).close();
  });

  it('shows where the audit log was changed beside its entries too', async () => {
    const event = {
      at: '2026-02-01T12:00:00.000Z',
      by: { id: 'kim', role: 'officer' as const },
      action: 'ticket.look',
      detail: {},
    };
    const changes = [
      'UPDATE audit SET ticket_id = NULL WHERE seq = 2',
      `UPDATE audit SET entry = replace(entry, '"detail":{}', '"detail":{},"note":"more"') WHERE seq = 2`,
      `UPDATE audit SET entry = 'nothing' WHERE seq = 2`,
    ];
    for (const change of changes) {
      rmSync(join(dataDir, 'assistant.db'), { force: true });
      const database = openDatabase(join(dataDir, 'assistant.db'));
      const audit = sqliteAudit(database);
      for (const ticketId of ['t1', 't2', 't3']) await audit.append({ ...event, ticketId });
      expect((await verifyAudit(audit)).brokenAt).to.equal(null);
      database.exec(change);
      expect((await verifyAudit(audit)).brokenAt, change).to.equal(2);
      database.close();
    }
  });

  it('lets tickets from before retention was counted end like the others', async () => {
    const ended = someTicket('old', { status: 'completed' });
    const stores = await open();
    await stores.tickets.create(ended, []);
    stores.close();
    const file = join(dataDir, 'assistant.db');
    const database = openDatabase(file);
    database.exec(
      'UPDATE tickets SET counts_from = NULL; DROP INDEX outbox_by_ticket; PRAGMA user_version = 6',
    );
    database.close();
    const again = await open();
    const before = new Date('2030-01-01');
    expect(await again.tickets.purge({ draftsBefore: before, endedBefore: before })).to.equal(1);
    again.close();
  });

  it('tells of a folder that others can open', async () => {
    chmodSync(dataDir, 0o755);
    (await open()).close();
    expect(warnings).to.deep.equal([{ path: dataDir }]);
  });

  it('tells once of a ticket that cannot be read, by its id alone', async () => {
    const stores = await open(key);
    const { id } = someTicket('a');
    await stores.tickets.create(someTicket('a'), []);
    const database = openDatabase(join(dataDir, 'assistant.db'));
    database.prepare('UPDATE tickets SET body = substr(body, 1, length(body) - 4)').run();
    database.close();
    for (let look = 0; look < 2; look += 1) await stores.tickets.find({ limit: 10 });
    expect(warnings).to.deep.equal([{ ticketId: id }]);
    stores.close();
  });
});
