import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DatabaseError, openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { openToOthers } from '../../src/adapters/sqlite/private-files.ts';
import { unsealed } from '../../src/adapters/sqlite/sealing.ts';
import { sqliteAudit } from '../../src/adapters/sqlite/sqlite-audit.ts';
import { sqliteDocuments } from '../../src/adapters/sqlite/sqlite-documents.ts';
import { sqliteLessons } from '../../src/adapters/sqlite/sqlite-lessons.ts';
import { sqliteTickets } from '../../src/adapters/sqlite/sqlite-tickets.ts';
import { sqliteTranscripts } from '../../src/adapters/sqlite/sqlite-transcripts.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { auditContract } from './audit-contract.ts';
import { storeContract } from './contract.ts';
import { lessonContract } from './lesson-contract.ts';
import { transcriptContract } from './transcript-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
const nextFile = () => join(mkdtempSync(join(folder, 'one-')), 'assistant.db');
after(() => rmSync(folder, { recursive: true }));

storeContract('sqlite', {
  open() {
    const database = openDatabase(nextFile());
    const told: string[] = [];
    return {
      tickets: sqliteTickets(database, unsealed, (id) => told.push(id)),
      documents: sqliteDocuments(database),
      damage(id) {
        database.prepare('UPDATE tickets SET body = substr(body, 1, length(body) - 4) WHERE id = ?').run(id);
      },
      told,
      close: () => database.close(),
    };
  },
});

transcriptContract('sqlite', {
  open() {
    const database = openDatabase(nextFile());
    return { transcripts: sqliteTranscripts(database), close: () => database.close() };
  },
});

auditContract('sqlite', () => {
  const database = openDatabase(nextFile());
  return {
    audit: sqliteAudit(database),
    tamper(seq, change) {
      const [column, value] = 'text' in change ? ['entry', change.text] : ['ticket_id', change.ticketId];
      database.prepare(`UPDATE audit SET ${column} = ? WHERE seq = ?`).run(value, seq);
    },
    close: () => database.close(),
  };
});

lessonContract('sqlite', () => {
  const database = openDatabase(nextFile());
  return { lessons: sqliteLessons(database), close: () => database.close() };
});

describe('the SQLite database', () => {
  it('is durable on every open, not only the first', () => {
    const file = nextFile();
    for (let open = 0; open < 2; open += 1) {
      const database = openDatabase(file);
      expect(database.pragma('synchronous', { simple: true }), 'synchronous = FULL').to.equal(2);
      expect(database.pragma('journal_mode', { simple: true })).to.equal('wal');
      database.close();
    }
  });

  it('finds what is to be told of a ticket without going through everything that is to be told', () => {
    const database = openDatabase(nextFile());
    const plan = database.prepare('EXPLAIN QUERY PLAN DELETE FROM outbox WHERE ticket_id = ?').all('a');
    expect(JSON.stringify(plan)).to.include('USING').and.include('outbox_by_ticket');
    database.close();
  });

  it('keeps its tickets when opened again', async () => {
    const file = nextFile();
    const first = openDatabase(file);
    await sqliteTickets(first).create(someTicket('a'), []);
    first.close();
    const second = openDatabase(file);
    expect((await sqliteTickets(second).byNumber(someTicket('a').number))?.ticket).to.deep.equal(
      someTicket('a'),
    );
    second.close();
  });

  it('leaves no trace on disk of what was deleted', async () => {
    const file = nextFile();
    const database = openDatabase(file);
    const documents = sqliteDocuments(database);
    const now = new Date();
    await documents.write(
      'k',
      { said: 'ett hemligt ord som inte får ligga kvar' },
      null,
      now,
      new Date(now.getTime() + 1000),
    );
    await documents.delete(['k']);
    for (const each of [file, `${file}-wal`])
      expect(readFileSync(each).includes('hemligt ord'), each).to.equal(false);
    database.close();
  });

  it('leaves no trace on disk of a conversation that was forgotten', async () => {
    const file = nextFile();
    const database = openDatabase(file);
    const transcripts = sqliteTranscripts(database);
    const now = new Date();
    const body = { text: 'ett hemligt ord som inte får ligga kvar' };
    await transcripts.append('a', [{ id: '1', body, isShown: true, awaitsAnswer: true }], {
      now,
      expires: new Date(now.getTime() + 1000),
    });
    await transcripts.forget('a');
    for (const each of [file, `${file}-wal`])
      expect(readFileSync(each).includes('hemligt ord'), each).to.equal(false);
    database.close();
  });

  it('is its owner’s alone, with all that lies beside it, and becomes so', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'private-')), 'data');
    const file = join(folder, 'assistant.db');
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
    const database = openDatabase(file);
    await sqliteTickets(database).create(someTicket('a'), []);
    const files = [file, `${file}-wal`, `${file}-shm`];
    expect([folder, ...files].map(modeOf)).to.deep.equal(['700', '600', '600', '600']);
    expect(openToOthers(file)).to.deep.equal([]);
    for (const each of files) chmodSync(each, 0o644);
    chmodSync(folder, 0o755);
    const again = openDatabase(file);
    expect(files.map(modeOf)).to.deep.equal(['600', '600', '600']);
    expect(openToOthers(file), 'a folder is somebody’s choice').to.deep.equal([folder]);
    again.close();
    database.close();
    rmSync(folder, { recursive: true });
  });

  it('that is damaged says which file and what to do', () => {
    const file = nextFile();
    writeFileSync(file, 'this is not a database at all, but it is long enough to look at. '.repeat(40));
    expect(() => openDatabase(file)).to.throw(DatabaseError, /\.db: .*DATA_DIR/);
  });

  it('of a later version is left alone', () => {
    const file = nextFile();
    const database = openDatabase(file);
    database.pragma('user_version = 99');
    database.close();
    expect(() => openDatabase(file)).to.throw(DatabaseError, 'later version');
  });
});
