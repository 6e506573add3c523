import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { rotateKeys } from '../../src/adapters/sqlite/rotate-keys.ts';
import { type Sealing, SealingError, sealingWith, unsealed } from '../../src/adapters/sqlite/sealing.ts';
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
  const bytes = () =>
    readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'latin1'))
      .join();
  const storesOn = (sealing: Sealing) => {
    const database = openDatabase(join(folder, 'assistant.db'));
    return {
      database,
      tickets: sqliteTickets(database, sealing),
      documents: sqliteDocuments(database, sealing),
      transcripts: sqliteTranscripts(database, sealing),
    };
  };
  const fill = async ({ tickets, documents, transcripts }: ReturnType<typeof storesOn>, name: string) => {
    const slots = { name, email: `${name}@example.se` };
    await tickets.create(someTicket(name, { slots }), []);
    await documents.write(name, { said: name }, null, now, later);
    const entry = { id: name, body: { text: name }, isShown: true, awaitsAnswer: false };
    await transcripts.append('c', [entry], { now, expires: later });
  };
  const check = async ({ tickets, documents, transcripts }: ReturnType<typeof storesOn>, names: string[]) => {
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
    const plain = storesOn(unsealed);
    await fill(plain, 'Plainperson');
    plain.database.close();
    expect(bytes()).to.include('Plainperson');

    const first = storesOn(sealingWith([key('a')]));
    await fill(first, 'Firstperson');
    await check(first, ['Plainperson', 'Firstperson']);
    expect(rotateKeys(first.database, sealingWith([key('a')]))).to.equal(3);
    expect(rotateKeys(first.database, sealingWith([key('a')]))).to.equal(0);
    first.database.close();
    expect(bytes()).to.not.match(/Plainperson@|Firstperson@|said|"text"/);

    const both = storesOn(sealingWith([key('b'), key('a')]));
    await fill(both, 'Secondperson');
    await check(both, ['Plainperson', 'Firstperson', 'Secondperson']);
    expect(rotateKeys(both.database, sealingWith([key('b'), key('a')]))).to.equal(6);
    both.database.close();

    const alone = storesOn(sealingWith([key('b')]));
    await check(alone, ['Plainperson', 'Firstperson', 'Secondperson']);
    alone.database.close();
  });
});
