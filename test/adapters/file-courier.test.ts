import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { fileCourier } from '../../src/adapters/mail/file-courier.ts';
import { dropOldLetters } from '../../src/adapters/mail/kept-letters.ts';
import { mailboxSchema } from '../../src/adapters/mail/sender.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { someMailRoom } from './mail-room.ts';
import { bodiesOf, headersOf } from './mail-server.ts';

describe('letters as files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'letters-')), 'outbox-mail');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  it('are whole messages, one for each entry, for their owner alone', async () => {
    const { room, file, round, left } = someMailRoom();
    await file(someTicket('a'));
    await file(someTicket('b', { locale: 'en' }));
    expect(await round(fileCourier(room, folder), 0)).to.equal(2);
    expect(await left()).to.equal(0);
    const names = await readdir(folder);
    expect(names).to.have.length(2);
    for (const name of names) {
      expect(name).to.match(/^[0-9a-f]{32}\.eml$/);
      expect((await stat(join(folder, name))).mode & 0o777).to.equal(0o600);
      const raw = await readFile(join(folder, name), 'utf8');
      expect(headersOf(raw).get('to')).to.equal('anna.berg@example.se');
      expect(headersOf(raw).get('message-id')).to.include(name.slice(0, 32));
      expect(bodiesOf(raw).text).to.match(/^(?:Din begäran är mottagen|Your request has been received)/);
    }
    expect((await stat(folder)).mode & 0o777).to.equal(0o700);
  });

  it('have the same name when they are written again, even over what a crash has left', async () => {
    const first = someMailRoom();
    await first.file(someTicket('a'));
    await first.round(fileCourier(first.room, folder), 0);
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, `.${name}`), 'half', { mode: 0o644 });
    const second = someMailRoom();
    await second.file(someTicket('a'));
    await second.round(fileCourier(second.room, folder), 0);
    expect(await readdir(folder)).to.deep.equal([name]);
    expect((await stat(join(folder, name))).mode & 0o777).to.equal(0o600);
  });

  it('are deleted when 30 days are over, and nothing else in the folder is', async () => {
    const now = new Date();
    expect(await dropOldLetters(folder, now), 'before there was a letter').to.equal(0);
    const { room, file, round } = someMailRoom();
    await file(someTicket('a'));
    await file(someTicket('b'));
    await round(fileCourier(room, folder), 0);
    const [old = '', fresh = ''] = await readdir(folder);
    await writeFile(join(folder, 'note.txt'), 'mine');
    const at = (days: number) => new Date(now.getTime() - days * 86_400_000);
    for (const name of [old, 'note.txt']) await utimes(join(folder, name), at(31), at(31));
    await utimes(join(folder, fresh), at(29), at(29));
    expect(await dropOldLetters(folder, now)).to.equal(1);
    expect((await readdir(folder)).sort()).to.deep.equal([fresh, 'note.txt'].sort());
  });

  it('are tried again where they cannot be written', async () => {
    const { room, file, round, left, delayed } = someMailRoom();
    await writeFile(join(folder), 'in the way');
    await file(someTicket('a'));
    const courier = fileCourier(room, folder);
    await round(courier, 0);
    expect(await left()).to.equal(1);
    expect(delayed.map(({ why }) => why)).to.deep.equal(['EEXIST']);
    await rm(folder);
    expect(await round(courier, 31)).to.equal(1);
  });
});

describe('who letters are from', () => {
  it('is an address, with a name or without', () => {
    expect(mailboxSchema.parse('noreply@example.se')).to.deep.equal({
      name: '',
      address: 'noreply@example.se',
    });
    expect(mailboxSchema.parse('Sekretess, Åre <noreply@example.se>')).to.deep.equal({
      name: 'Sekretess, Åre',
      address: 'noreply@example.se',
    });
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      'noreply',
      'a@example.se, b@example.se',
      'A <a@example.se> b',
      'A\r\nBcc: b@example.com <a@example.se>',
      '"A" <a@example.se>',
    ])
      expect(mailboxSchema.safeParse(text).success, text).to.equal(false);
  });
});
