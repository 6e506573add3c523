import { expect } from 'chai';
import { type Patience, smtpCourier } from '../../src/adapters/mail/smtp-courier.ts';
import { type SmtpServer, smtpServerSchema } from '../../src/adapters/mail/smtp-server.ts';
import { entryForCode } from '../../src/tickets/confirmation.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { someMailRoom, start } from './mail-room.ts';
import { bodiesOf, type MailServer, mailServer } from './mail-server.ts';

const DAY = 24 * 3600;
const patience: Patience = { connectMs: 2_000, silenceMs: 5_000, holdMs: 3_000, restMs: [30_000, 600_000] };

const codeFor = ({ id, slots }: Ticket) => ({
  ticketId: id,
  address: slots.email ?? '',
  door: 'link' as const,
});

describe('letters through a mail server', () => {
  let server: MailServer;
  beforeEach(async () => {
    server = await mailServer({ disabledCommands: ['STARTTLS'] });
  });
  afterEach(() => server.close());

  const at = (port: number, changes: Partial<SmtpServer> = {}): SmtpServer => ({
    host: '127.0.0.1',
    port,
    secure: false,
    plain: true,
    auth: null,
    ...changes,
  });
  const setUp = (changes: Partial<SmtpServer> = {}, patient: Partial<Patience> = {}) => {
    const outbox = someMailRoom();
    const courier = smtpCourier(outbox.room, at(server.port, changes), { ...patience, ...patient });
    return { ...outbox, courier, go: (seconds: number) => outbox.round(courier, seconds) };
  };
  const idsOf = () => server.taken.map(({ headers }) => headers.get('message-id'));

  it('go out once, to the person, with what machines need to know', async () => {
    const { file, go, left } = setUp();
    await file(someTicket('a'));
    expect([await go(0), await go(60)]).to.deep.equal([1, 0]);
    expect(await left()).to.equal(0);
    expect(server.taken).to.have.length(1);
    const [{ from, to, headers, raw } = { from: '', to: [], headers: new Map(), raw: '' }] = server.taken;
    expect({ from, to }).to.deep.equal({ from: 'noreply@example.se', to: ['anna.berg@example.se'] });
    expect(headers.get('from')).to.equal('Sekretessassistenten <noreply@example.se>');
    expect(headers.get('to')).to.equal('anna.berg@example.se');
    expect(headers.get('auto-submitted')).to.equal('auto-generated');
    expect(headers.get('content-language')).to.equal('sv');
    expect(headers.get('message-id')).to.match(/^<[0-9a-f]{32}@example\.se>$/);
    expect(new Date(headers.get('date') ?? '').toISOString()).to.equal(start.toISOString());
    const { text, html } = bodiesOf(raw);
    expect(text).to.include('Din begäran är mottagen').and.include('2 mars 2026');
    expect(html).to.include('<html lang="sv">').and.include('2 mars 2026');
  });

  it('go to one address twenty times a day and wait after that, so that nobody fills a mailbox', async () => {
    const { file, go, left } = setUp();
    for (let n = 0; n < 23; n += 1) await file(someTicket(`flood ${n}`));
    await go(0);
    expect(server.taken).to.have.length(20);
    expect(await left()).to.equal(3);
    await go(25 * 3600);
    expect(server.taken).to.have.length(23);
  });

  it('are given up where a mailbox has had twenty a day for five days', async () => {
    const { file, go, left, givenUp } = setUp();
    for (let n = 0; n < 150; n += 1) await file(someTicket(`flood ${n}`));
    for (let hour = 0; hour <= 8 * 24; hour += 1) await go(hour * 3600);
    expect(await left()).to.equal(0);
    expect(new Set(givenUp.map(({ why }) => why))).to.deep.equal(new Set(['pace']));
    expect(server.taken.length).to.be.within(100, 120);
    expect(server.taken.length + givenUp.length).to.equal(150);
  });

  it('carry a code that holds, and are not sent where none does any more', async () => {
    const { tickets, confirmations, go, left } = setUp();
    const ticket = someTicket('a');
    const { etag } = await tickets.create(ticket, []);
    await confirmations.begin(codeFor(ticket), start);
    await tickets.update(ticket, etag, [entryForCode(codeFor(ticket), start)]);
    await go(0);
    const code = (await confirmations.codeOf(codeFor(ticket), start)) ?? 'none';
    expect(bodiesOf(server.taken[0]?.raw ?? '').text).to.include(code);
    expect(server.taken[0]?.headers.get('subject')).to.not.include(code);

    const late = setUp();
    const other = await late.tickets.create(someTicket('b'), []);
    await late.confirmations.begin(codeFor(other.ticket), start);
    await late.tickets.update(other.ticket, other.etag, [entryForCode(codeFor(other.ticket), start)]);
    await late.go(31 * 60);
    expect(server.taken).to.have.length(1);
    expect(await late.left()).to.equal(0);
    expect(await left()).to.equal(0);
  });

  for (const [at, code, text] of [
    ['rcpt', 550, '5.1.1 <anna.berg@example.se> no such user'],
    ['data', 552, 'too big for anna.berg@example.se'],
    ['data', 554, '5.6.0 Anna Berg'],
  ] as const) {
    it(`are given up where ${at} is refused for good (${code}), and whoever keeps watch is told`, async () => {
      const { file, go, left, givenUp, delayed, unexpected } = setUp();
      server.mood = { does: 'answer', at, code, text };
      const { ticket } = await file(someTicket('a'));
      await go(0);
      expect(await left()).to.equal(0);
      expect(givenUp).to.deep.equal([
        { entry: `${ticket.id}/receipt`, ticketId: ticket.id, kind: 'mail.receipt', why: String(code) },
      ]);
      expect([...delayed, ...unexpected]).to.deep.equal([]);
      expect(server.taken).to.deep.equal([]);
    });
  }

  for (const [at, code, text] of [
    ['connect', 421, 'busy'],
    ['mail', 451, 'try again'],
    ['mail', 530, '5.7.0 sign in first'],
    ['mail', 553, 'not your address'],
    ['rcpt', 450, '4.2.0 greylisted <anna.berg@example.se>'],
    ['rcpt', 554, '5.7.1 relaying denied for anna.berg@example.se'],
    ['data', 452, 'no room'],
  ] as const) {
    it(`are tried again where ${at} is answered ${code}`, async () => {
      const { file, go, left, delayed, givenUp, unexpected } = setUp();
      server.mood = { does: 'answer', at, code, text };
      await file(someTicket('a'));
      expect(await go(0)).to.equal(0);
      expect(delayed.map(({ why }) => why)).to.deep.equal([String(code)]);
      server.mood = { does: 'take' };
      expect(await go(29)).to.equal(0);
      expect(await go(31)).to.equal(1);
      expect(server.taken).to.have.length(1);
      expect(await left()).to.equal(0);
      expect([...givenUp, ...unexpected]).to.deep.equal([]);
      expect(JSON.stringify(delayed)).to.not.match(/anna|berg|@/i);
    });
  }

  it('are given up after five days, and not before', async () => {
    const { file, go, left, givenUp } = setUp();
    server.mood = { does: 'answer', at: 'rcpt', code: 450, text: 'not now' };
    await file(someTicket('a'));
    for (let hour = 0; hour < 5 * 24; hour += 6) await go(hour * 3600);
    expect(await left()).to.equal(1);
    await go(5 * DAY + 6 * 3600);
    expect(await left()).to.equal(0);
    expect(givenUp.map(({ why }) => why)).to.deep.equal(['450']);
  });

  it('are not given up at the first try after a standstill of days', async () => {
    const { file, go, left, givenUp } = setUp();
    server.mood = { does: 'answer', at: 'rcpt', code: 450, text: 'not now' };
    await file(someTicket('a'));
    await go(6 * DAY);
    expect(givenUp).to.deep.equal([]);
    server.mood = { does: 'take' };
    await go(6 * DAY + 7 * 3600);
    expect(await left()).to.equal(0);
    expect(server.taken).to.have.length(1);
  });

  it('wait longer the longer they have waited, six hours at most', async () => {
    const { file, go, delayed } = setUp();
    server.mood = { does: 'answer', at: 'rcpt', code: 450, text: 'not now' };
    await file(someTicket('a'));
    for (const seconds of [0, 31, 120, 3600, 3 * DAY]) await go(seconds);
    expect(delayed.map(({ until }) => (until.getTime() - start.getTime()) / 1000)).to.deep.equal([
      30,
      62,
      240,
      7200,
      3 * DAY + 6 * 3600,
    ]);
  });

  it('go again where the connection is cut off before the message', async () => {
    const { file, go, delayed } = setUp();
    server.mood = { does: 'drop', at: 'rcpt' };
    await file(someTicket('a'));
    await go(0);
    expect(delayed).to.have.length(1);
    server.mood = { does: 'take' };
    await go(31);
    expect(server.taken).to.have.length(1);
  });

  it('go again under the same Message-ID where it is cut off after the message', async () => {
    const { file, go } = setUp();
    server.mood = { does: 'drop', at: 'data' };
    await file(someTicket('a'));
    await go(0);
    server.mood = { does: 'take' };
    await go(31);
    expect(server.taken).to.have.length(2);
    expect(new Set(idsOf()).size).to.equal(1);
    const [first, second] = server.taken.map(({ raw }) => raw.replace(/^Date: .*$/m, ''));
    expect(first).to.equal(second);
  });

  it('have another Message-ID each', async () => {
    const { file, go } = setUp();
    await file(someTicket('a'));
    await file(someTicket('b'));
    await go(0);
    expect(new Set(idsOf()).size).to.equal(2);
  });

  it('are sent once where the server thinks for long', async () => {
    const { file, go, left, delayed } = setUp({}, { holdMs: 20 });
    let decide = () => {};
    server.mood = { does: 'think', until: new Promise((resolve) => (decide = resolve)) };
    await file(someTicket('a'));
    await go(0);
    await go(31);
    expect(delayed.map(({ why }) => why)).to.deep.equal(['slow', 'slow']);
    decide();
    // The answer has a moment's way; until it is there each round only asks again.
    for (let seconds = 100; (await left()) > 0 && seconds < 100_000; seconds += 601) await go(seconds);
    expect(await left()).to.equal(0);
    expect(server.taken).to.have.length(1);
  });

  it('all wait while the server is away, without each being tried, and go when it is back', async () => {
    const { file, go, left, delayed } = setUp();
    const { port } = server;
    await server.close();
    for (const key of ['a', 'b', 'c']) await file(someTicket(key));
    await go(0);
    expect(delayed).to.have.length(1);
    expect(await left()).to.equal(3);
    await go(31);
    expect(delayed).to.have.length(2);
    server = await mailServer({ disabledCommands: ['STARTTLS'] }, port);
    await go(31 + 61);
    expect(server.taken).to.have.length(3);
    expect(await left()).to.equal(0);
  });

  it('leave a server that stays away alone for ten minutes at most', async () => {
    const { file, go, delayed } = setUp();
    await server.close();
    await file(someTicket('a'));
    for (let round = 0; round < 8; round += 1) await go(round * 601);
    const waits = delayed.map(({ until }, round) => (until.getTime() - start.getTime()) / 1000 - round * 601);
    expect(waits).to.deep.equal([30, 60, 120, 240, 480, 600, 600, 600]);
  });

  it('are given up where there is no address to send them to, whatever stands there', async () => {
    for (const email of ['anna', 'a@example.se\r\nBcc: b@example.com', '"a@evil.example.com x"@example.se']) {
      const { file, go, givenUp, left } = setUp();
      await file(someTicket('a', { slots: { email } }));
      await go(0);
      expect(givenUp.map(({ why }) => why)).to.deep.equal(['no_address']);
      expect(await left()).to.equal(0);
    }
    expect(server.taken).to.deep.equal([]);
  });

  it('take no header from what a person wrote', async () => {
    const { file, go } = setUp();
    const hostile = 'Anna\r\nBcc: everybody@example.com\r\nSubject: hej\r\n\r\n<b>Hej</b>';
    await file(
      someTicket('a', {
        slots: { name: hostile, email: 'anna.berg@example.se', data: hostile },
        identity: 'email_confirmed',
      }),
    );
    await go(0);
    const [{ to, headers, raw } = { to: [], headers: new Map(), raw: '' }] = server.taken;
    expect(to).to.deep.equal(['anna.berg@example.se']);
    expect(headers.has('bcc')).to.equal(false);
    const [head = ''] = raw.split('\r\n\r\n');
    expect(head.match(/^Subject:/gim)).to.have.length(1);
    expect(bodiesOf(raw).html).to.not.include('<b>');
  });

  it('say nothing of the person in what is logged', async () => {
    const { file, go, delayed, givenUp, unexpected } = setUp();
    await file(someTicket('a'));
    for (const [seconds, code] of [
      [0, 450],
      [31, 550],
    ] as const) {
      server.mood = { does: 'answer', at: 'rcpt', code, text: 'anna.berg@example.se Anna Berg' };
      await go(seconds);
    }
    expect(delayed).to.have.length(1);
    expect(givenUp).to.have.length(1);
    expect(JSON.stringify([delayed, givenUp, unexpected])).to.not.match(/anna|berg@|@/i);
  });

  it('are held back where the server does not encrypt and is not this machine', async () => {
    const { file, go, delayed, left } = setUp({ plain: false });
    await file(someTicket('a'));
    await go(0);
    expect(delayed.map(({ why }) => why)).to.deep.equal(['500']);
    expect(await left()).to.equal(1);
    expect(server.taken).to.deep.equal([]);
  });

  it('are held back from a server whose certificate nobody vouches for', async () => {
    const sealed = await mailServer({ secure: true });
    try {
      const { file, go, left, delayed } = setUp({ port: sealed.port, secure: true, plain: false });
      await file(someTicket('a'));
      await go(0);
      expect(await left()).to.equal(1);
      expect(delayed).to.have.length(1);
      expect(sealed.taken).to.deep.equal([]);
    } finally {
      await sealed.close();
    }
  });

  it('sign in where the server wants it, and wait where it does not let them', async () => {
    const auth = { user: 'somebody', pass: 'pa ss%word' };
    const { file, go, left, delayed, givenUp } = setUp({ auth });
    server.mood = { does: 'answer', at: 'auth', code: 535, text: '5.7.8 no' };
    await file(someTicket('a'));
    await go(0);
    expect(delayed.map(({ why }) => why)).to.deep.equal(['535']);
    server.mood = { does: 'take' };
    await go(31);
    expect(await left()).to.equal(0);
    expect(givenUp).to.deep.equal([]);
    expect(JSON.stringify(delayed)).to.not.include(auth.pass);
  });
});

describe('the address of a mail server', () => {
  const read = (text: string) => smtpServerSchema.safeParse(text);

  it('is read with its port, its encryption and who signs in', () => {
    expect(read('smtps://user%40example.se:p%3Aw@mail.example.se').data).to.deep.equal({
      host: 'mail.example.se',
      port: 465,
      secure: true,
      plain: false,
      auth: { user: 'user@example.se', pass: 'p:w' },
    });
    expect(read('smtp://mail.example.se').data).to.include({ port: 587, secure: false, plain: false });
    expect(read('smtp://mail.example.se:25').data).to.include({ port: 25, plain: false });
  });

  it('allows no encryption on this machine alone', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      expect(read(`smtp://${host}:2525`).data, host).to.include({ plain: true });
    for (const host of ['localhost.example.se', '127.0.0.1.example.se', '10.0.0.1'])
      expect(read(`smtp://${host}:2525`).data, host).to.include({ plain: false });
    expect(read('smtps://localhost').data).to.include({ plain: false, secure: true });
  });

  it('is refused where it is anything else, without being repeated', () => {
    for (const text of [
      'mail.example.se',
      'https://mail.example.se',
      'smtp://',
      'smtp://h/path',
      'smtp://h?x=1',
      'smtp://u:hemligt%ff@h',
    ]) {
      const { success, error } = read(text);
      expect(success, text).to.equal(false);
      expect(error?.message).to.not.include('hemligt');
    }
  });
});
