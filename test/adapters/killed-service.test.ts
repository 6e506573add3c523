import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { sqliteTickets } from '../../src/adapters/sqlite/sqlite-tickets.ts';
import { ROOT } from '../../src/paths.ts';
import { type MailServer, mailServer } from './mail-server.ts';

// A few here, because each takes a start; `npm run kills` does it fifty times.
const KILLS = Number(process.env.KILLS ?? 2);
const KEY = 'a-key-for-a-test-of-forty-characters-0000';

describe('a service that is killed while it files and writes letters', function () {
  this.timeout(20_000 + KILLS * 10_000);
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  let mail: MailServer;
  before(async () => {
    mail = await mailServer();
  });
  after(async () => {
    await mail.close();
    rmSync(folder, { recursive: true });
  });

  const run = async (): Promise<{ service: ChildProcess; port: number }> => {
    const service = spawn(process.execPath, [join(ROOT, 'src', 'main.ts')], {
      env: {
        ...process.env,
        PORT: '0',
        DATA_DIR: folder,
        SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
        MAIL_FROM: 'Dataskydd <dataskydd@example.se>',
        API_KEYS: `test:officer:${createHash('sha256').update(KEY).digest('hex')}`,
        RATE_PER_SECOND: '10000',
        RATE_BURST: '10000',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: service.stdout })) {
      const port = /"port":(\d+).*"msg":"ready"/.exec(line)?.[1];
      if (port) {
        service.stdout.resume();
        return { service, port: Number(port) };
      }
    }
    throw new Error('the service ended before it was ready');
  };

  const file = async (port: number): Promise<string | null> => {
    const email = `p${randomUUID()}@example.se`;
    const answer = await fetch(`http://127.0.0.1:${port}/api/requests`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${KEY}`,
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ type: 'access', slots: { name: 'Anna Berg', email } }),
    }).catch(() => null);
    return answer?.status === 201 ? email : null;
  };

  it(`${KILLS} times has lost no request, and owes or has sent one receipt for each`, async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { service, port } = await run();
      let isKilled = false;
      const before = acknowledged.length;
      const filing = Array.from({ length: 4 }, async () => {
        while (!isKilled) {
          const email = await file(port);
          if (email) acknowledged.push(email);
        }
      });
      // On a busy machine the first answers take their time; killed before them, nothing would be shown.
      while (acknowledged.length === before) await sleep(10);
      await sleep((kill * 37) % 400);
      service.kill('SIGKILL');
      isKilled = true;
      await once(service, 'close');
      await Promise.all(filing);
    }
    // Once more, in peace: what is due now is sent, for a while.
    const { service } = await run();
    await sleep(6_000);
    service.kill('SIGTERM');
    await once(service, 'close');

    const database = openDatabase(join(folder, 'assistant.db'));
    const tickets = sqliteTickets(database);
    const owed = new Set(
      (await tickets.pending(new Date('2100-01-01'), 1_000_000, ['mail.receipt'])).map(
        ({ ticketId }) => ticketId,
      ),
    );
    // A letter that was sent twice is recognised by its Message-ID: it is one letter.
    const letters = new Map<string, Set<string>>();
    for (const { to, headers } of mail.taken)
      for (const address of to)
        letters.set(address, (letters.get(address) ?? new Set()).add(headers.get('message-id') ?? ''));
    expect(acknowledged.length).to.be.at.least(KILLS);
    let sent = 0;
    for (const email of acknowledged) {
      const found = (await tickets.find({ email, limit: 10 })).tickets;
      expect(found.length, 'tickets for one request').to.equal(1);
      const receipts = letters.get(email)?.size ?? 0;
      sent += receipts;
      expect(receipts, 'receipts for one request').to.be.at.most(1);
      const isOwed = owed.has(found[0]?.ticket.id ?? '');
      expect(receipts === 1 || isOwed, 'a receipt is sent or owed').to.equal(true);
    }
    expect(sent).to.be.at.least(1);
    database.close();
  });
});
