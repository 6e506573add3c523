import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { DatabaseError, openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { openSealing } from '../../src/adapters/sqlite/open-sealing.ts';
import { rotateKeys } from '../../src/adapters/sqlite/rotate-keys.ts';
import { SealingError, sealingWith, unsealed } from '../../src/adapters/sqlite/sealing.ts';
import { sqliteDocuments } from '../../src/adapters/sqlite/sqlite-documents.ts';
import { sqliteTickets } from '../../src/adapters/sqlite/sqlite-tickets.ts';
import { sqliteTranscripts } from '../../src/adapters/sqlite/sqlite-transcripts.ts';
import { someTicket } from '../tickets/some-ticket.ts';

const key = (id: string) => ({ id, key: new Uint8Array(32).fill(id.charCodeAt(0)) });
const now = new Date('2026-02-01T12:00:00Z');
const later = new Date('2026-02-02T12:00:00Z');

describe('what is sealed', () => {
  const sealing = sealingWith([key('b'), key('a')]);

  it('opens again in its place, and looks another each time', () => {
    const one = sealing.seal('Anna Berg', 'tickets/1');
    expect(one)
      .to.match(/^sealed:b:/)
      .and.not.include('Anna');
    expect(sealing.open(one, 'tickets/1')).to.equal('Anna Berg');
    expect(sealing.seal('Anna Berg', 'tickets/1')).to.not.equal(one);
  });

  it('does not open in another row, changed, or without its key', () => {
    const one = sealing.seal('Anna Berg', 'tickets/1');
    const changed = one.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(() => sealing.open(one, 'tickets/2')).to.throw(SealingError);
    expect(() => sealing.open(changed, 'tickets/1')).to.throw(SealingError);
    expect(() => sealingWith([key('a')]).open(one, 'tickets/1')).to.throw(SealingError, 'key b');
    expect(() => unsealed.open(one, 'tickets/1')).to.throw(SealingError, 'DATA_KEYS');
    expect(() => sealing.open(one, 'tickets/2')).to.not.throw(/Anna/);
  });

  it('opens under an older key, and reads what was never sealed', () => {
    expect(sealing.open(sealingWith([key('a')]).seal('x', 'p'), 'p')).to.equal('x');
    expect(sealing.open('{"plain":1}', 'p')).to.equal('{"plain":1}');
  });
});

describe('a store with keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealing-'));
  after(() => rmSync(folder, { recursive: true }));
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(folder, 'one-')), 'assistant.db');
  });
  const bytes = () =>
    readdirSync(dirname(file))
      .map((name) => readFileSync(join(dirname(file), name), 'latin1'))
      .join();
  const opened: ReturnType<typeof openDatabase>[] = [];
  afterEach(() => {
    for (const database of opened.splice(0)) database.close();
  });
  const open = (...ids: string[]) => {
    const database = openDatabase(file);
    opened.push(database);
    const sealing = openSealing(database, ids.map(key));
    return {
      database,
      tickets: sqliteTickets(database, sealing),
      documents: sqliteDocuments(database, sealing),
      transcripts: sqliteTranscripts(database, sealing),
    };
  };
  const fill = async ({ tickets, documents, transcripts }: ReturnType<typeof open>, name: string) => {
    const slots = { name, email: `${name}@example.se`, phone: '+46701740605' };
    await tickets.create(someTicket(name, { slots }), []);
    await documents.write(name, { said: name }, null, now, later);
    const entry = { id: name, body: { text: name }, isShown: true, awaitsAnswer: false };
    await transcripts.append('c', [entry], { now, expires: later });
  };
  const check = async ({ tickets, documents, transcripts }: ReturnType<typeof open>, names: string[]) => {
    for (const name of names) {
      const found = await tickets.find({ email: `${name}@example.se`, limit: 10 });
      expect(
        found.tickets.map(({ ticket }) => ticket.slots.name),
        name,
      ).to.deep.equal([name]);
      expect((await documents.read([name], now)).get(name)?.value).to.deep.equal({ said: name });
    }
    const said = await transcripts.read('c', 0, 10, now);
    expect(said.map(({ id }) => id)).to.deep.equal(names);
  };

  it('goes from none to one to the next, and nothing of a person can be read on disk', async () => {
    await fill(open(), 'Plainperson');
    for (const database of opened.splice(0)) database.close();
    expect(bytes()).to.include('Plainperson');

    const first = open('a');
    await fill(first, 'Firstperson');
    await check(first, ['Plainperson', 'Firstperson']);
    expect(rotateKeys(first.database, [key('a')])).to.equal(3);
    expect(rotateKeys(first.database, [key('a')])).to.equal(0);
    for (const database of opened.splice(0)) database.close();
    expect(bytes()).to.not.match(/Plainperson@|Firstperson@|said|"text"/);

    const both = open('b', 'a');
    await fill(both, 'Secondperson');
    await check(both, ['Plainperson', 'Firstperson', 'Secondperson']);
    expect(rotateKeys(both.database, [key('b'), key('a')])).to.equal(6);
    await check(open('b'), ['Plainperson', 'Firstperson', 'Secondperson']);
  });

  it('does not open without its keys or with others, and says what to do', async () => {
    await fill(open('a'), 'Anna');
    const stolen = { id: 'a', key: new Uint8Array(32).fill(7) };
    expect(() => open()).to.throw(DatabaseError, /key a.*DATA_KEYS/);
    expect(() => open('b')).to.throw(DatabaseError, /key a.*DATA_KEYS/);
    expect(() => openSealing(openDatabase(file), [stolen])).to.throw(
      DatabaseError,
      /another key a.*DATA_KEYS/,
    );
    await check(open('b', 'a'), ['Anna']);
    expect(bytes()).to.not.include('Anna@');
  });

  it('does so though nothing personal was ever kept, and though one row is damaged', async () => {
    const { database } = open('a');
    expect(() => open()).to.throw(DatabaseError);
    await fill(open('a'), 'Anna');
    await fill(open('a'), 'Bo');
    database
      .prepare("UPDATE tickets SET body = substr(body, 1, length(body) - 4) || 'AAAA' WHERE rowid = 2")
      .run();
    const page = await open('a').tickets.find({ limit: 10 });
    expect([page.tickets.length, page.unreadable]).to.deep.equal([1, 1]);
  });

  it('that was sealed before there was a proof is known by what it holds', async () => {
    const { database, ...stores } = open('a');
    await fill({ database, ...stores }, 'Anna');
    database.prepare('DELETE FROM sealing').run();
    expect(() => open()).to.throw(DatabaseError);
    expect(() => open('b')).to.throw(DatabaseError);
    await check(open('a'), ['Anna']);
    expect(() => open('b')).to.throw(DatabaseError);
  });

  const plant = ({ database }: ReturnType<typeof open>) => {
    database.prepare('UPDATE tickets SET body = ?').run(JSON.stringify(someTicket('planted')));
    database.prepare('UPDATE documents SET value = ?').run('{"planted":true}');
    database.prepare('UPDATE transcript_entries SET body = ?').run('{"planted":true}');
  };
  const isRefused = async ({ tickets, documents, transcripts }: ReturnType<typeof open>) => {
    const refusals = [
      () => tickets.byId(someTicket('Anna').id),
      () => documents.read(['Anna'], now),
      () => transcripts.read('c', 0, 10, now),
    ].map((look) =>
      look().then(
        () => 'taken',
        (error: Error) => error.name,
      ),
    );
    expect(await Promise.all(refusals)).to.deep.equal(Array(3).fill('SealingError'));
  };

  it('takes nothing that is not sealed where keys were there from the beginning', async () => {
    const first = open('a');
    await fill(first, 'Anna');
    plant(first);
    await isRefused(first);
    await isRefused(open('a'));
  });

  it('takes nothing that is not sealed once everything was', async () => {
    await fill(open(), 'Anna');
    expect(() => rotateKeys(openDatabase(file), [key('a')])).to.throw(DatabaseError, 'start the service');
    const sealing = open('a');
    await check(sealing, ['Anna']);
    rotateKeys(sealing.database, [key('a')]);
    const sealed = open('a');
    await check(sealed, ['Anna']);
    plant(sealed);
    await isRefused(sealed);
    sealed.database.prepare("UPDATE sealing SET proof = 'what came since'").run();
    expect(() => open('a'), 'the proof is sealed itself').to.throw(DatabaseError);
  });
});
