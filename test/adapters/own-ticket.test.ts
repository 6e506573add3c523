import { expect } from 'chai';
import { verifyAudit } from '../../src/tickets/audit.ts';
import type { Door } from '../../src/tickets/confirmation.ts';
import { verifyReceipt } from '../../src/tickets/signed-receipt.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import { hashToken } from '../../src/tickets/ticket-number.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { Person, type RequestDesk, requestDesk } from './request-desk.ts';

describe('the page of a ticket', () => {
  let desk: RequestDesk;
  let anna: Person;
  let ticket: Ticket;
  let path: string;
  const file = async (key: string, changes: Partial<Ticket> = {}) => {
    const { token, id, number } = desk.parts.mint(key);
    const filed = { ...someTicket(key), id, number, tokenHash: hashToken(token), ...changes };
    await desk.parts.tickets.create(filed, []);
    return { ticket: filed, path: `/request/${token}` };
  };
  const stored = async (id = ticket.id) => (await desk.parts.tickets.byId(id))?.ticket;
  const code = (door: Door = 'link') => desk.codeOf(ticket.id, door);
  const confirm = async (who = anna) => {
    await who.go(path);
    await who.send(`${path}/code`);
    return who.send(`${path}/confirm`, { code: await code() });
  };
  beforeEach(async () => {
    desk = await requestDesk();
    anna = new Person(desk.at);
    ({ ticket, path } = await file('one', { slots: { ...someTicket('').slots, data: 'mitt gamla cv' } }));
  });
  afterEach(async () => {
    await desk.close();
    expect(desk.failures).to.deep.equal([]);
    expect((await verifyAudit(desk.audit)).brokenAt).to.equal(null);
  });

  it('shows how it goes and how its day was counted, and nothing about the person', async () => {
    await anna.go(path);
    expect(anna.status).to.equal(200);
    expect(anna.text)
      .to.include(ticket.number)
      .and.to.include('2 mars 2026')
      .and.to.include('Så är datumet räknat')
      .and.not.to.match(/Anna|example|cv/);
    for (const own of ['/amend', '/withdraw', '/data.json']) {
      await anna.go(`${path}${own}`);
      expect(anna.status, own).to.equal(403);
      expect(anna.text).to.not.match(/Anna|example\.se|mitt gamla/);
    }
    for (const own of ['/amend', '/withdraw']) {
      await anna.go(path);
      const { form = '' } = anna.fields(`${path}/code`);
      await anna.go(`${path}${own}`, { method: 'POST', body: new URLSearchParams({ form, name: 'X' }) });
      expect(anna.status, own).to.equal(403);
    }
    expect(await stored()).to.deep.equal(ticket);
  });

  it('shows all of it once the address is confirmed, and writes that down', async () => {
    await confirm();
    expect(anna.path).to.equal(`${path}?told=confirmed`);
    expect(anna.text).to.include('Anna Berg').and.to.include('mitt gamla cv');
    expect(desk.sent).to.deep.equal([ticket.id]);
    expect((await stored())?.identity).to.equal('email_confirmed');
    const entries = await desk.audit.about(ticket.id, 20);
    expect(entries.map(({ action, by }) => `${action} ${by.role} ${by.id}`)).to.deep.equal([
      `ticket.identify person ${ticket.number}`,
      `ticket.look person ${ticket.number}`,
    ]);
    await new Person(desk.at).go(path).then(({ text }) => expect(text).to.not.include('Anna Berg'));
  });

  it('locks itself after half an hour, and at once where that is wished', async () => {
    await confirm();
    desk.setClock('2026-01-31T09:31:00Z');
    await anna.go(`${path}?told=confirmed`);
    expect(anna.text).to.not.include('Anna Berg').and.not.to.include('adressen är bekräftad');
    await confirm();
    const { request } = Object.fromEntries(anna.cookies);
    const owner = anna.cookies.get('request-owner') ?? '';
    await anna.send(`${path}/leave`);
    expect(anna.text).to.not.include('Anna Berg');
    anna.cookies.set('request', request ?? '').set('request-owner', owner);
    await anna.go(path);
    expect(anna.text).to.not.include('Anna Berg');
  });

  it('opens with the right code only, and not for long', async () => {
    await anna.go(path);
    await anna.send(`${path}/code`);
    const right = await code();
    const wrong = right === '000000' ? '000001' : '000000';
    for (const given of ['', 'abc', '12345', '1234567', wrong]) {
      await anna.send(`${path}/confirm`, { code: given });
      expect(anna.status, given).to.equal(422);
      expect(anna.html).to.match(/id="field-code"[^>]*aria-invalid="true"/);
    }
    await anna.send(`${path}/confirm`, { code: `${right.slice(0, 3)} ${right.slice(3)}` });
    expect(anna.text).to.include('Anna Berg');
    await anna.send(`${path}/leave`);
    await anna.go(`${path}?told=code`);
    await anna.send(`${path}/confirm`, { code: right });
    expect(anna.status, 'a second time').to.equal(422);
  });

  it('opens itself alone', async () => {
    const other = await file('two', { slots: { name: 'Bo Ek', email: 'bo.ek@example.se' } });
    await confirm();
    await anna.go(other.path);
    expect(anna.text).to.not.include('Bo Ek');
    for (const own of ['/amend', '/withdraw', '/data.json']) {
      await anna.go(`${other.path}${own}`);
      expect(anna.status, own).to.equal(403);
    }
    await anna.go(path);
    const { form = '' } = anna.fields(`${path}/leave`);
    for (const own of ['/code', '/withdraw', '/amend', '/confirm', '/leave']) {
      const body = new URLSearchParams({ form, code: '000000' });
      await anna.go(`${other.path}${own}`, { method: 'POST', body });
      expect(anna.status, own).to.equal(403);
    }
    expect(await stored(other.ticket.id)).to.deep.equal(other.ticket);
    expect(desk.sent).to.deep.equal([ticket.id]);
  });

  it('changes nothing that another site sends', async () => {
    await confirm();
    for (const own of ['code', 'confirm', 'withdraw', 'amend', 'leave']) {
      const { form = '' } = anna.fields(`${path}/leave`);
      const body = new URLSearchParams({ form, name: 'Eva', email: 'eva@example.com' });
      const cookie = [...anna.cookies].map((pair) => pair.join('=')).join('; ');
      for (const headers of [
        { cookie, 'sec-fetch-site': 'cross-site' },
        { cookie, origin: 'https://evil.example.com' },
        { cookie: cookie.replace(/request=[\w-]+/, `request=${'A'.repeat(22)}`) },
      ]) {
        const answer = await fetch(`${desk.at}${path}/${own}`, { method: 'POST', body, headers });
        expect(answer.status, own).to.equal(403);
      }
    }
    expect(await stored()).to.deep.include({ status: 'submitted', slots: ticket.slots });
  });

  it('lets the person change what they sent, with what is wrong beside the field', async () => {
    await confirm();
    await anna.go(`${path}/amend`);
    expect(anna.fields(`${path}/amend`)).to.include({ name: 'Anna Berg', data: 'mitt gamla cv' });
    await anna.send(`${path}/amend`, { name: '', act: 'save' });
    expect(anna.status).to.equal(422);
    await anna.send(`${path}/amend`, { name: 'Anna Ek', data: '', country: 'Norge', act: 'save' });
    expect(anna.path).to.include('told=amended');
    expect((await stored())?.slots).to.deep.equal({
      name: 'Anna Ek',
      email: 'anna.berg@example.se',
      country: 'NO',
    });
    expect((await stored())?.identity).to.equal('email_confirmed');
    await anna.go(`${path}/amend`);
    await anna.send(`${path}/amend`, { email: 'anna.ek@example.se', act: 'save' });
    expect((await stored())?.identity).to.equal('unconfirmed');
    const actions = (await desk.audit.about(ticket.id, 50)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'ticket.amend')).to.have.length(2);
  });

  it('writes over nothing that has changed since the form was opened', async () => {
    await confirm();
    await anna.go(`${path}/amend`);
    const found = await desk.parts.tickets.byId(ticket.id);
    if (!found) throw new Error('the ticket is gone');
    const officer = { id: 'officer', role: 'officer' } as const;
    await desk.parts.office.amend(
      found,
      { ...found.ticket, slots: { ...ticket.slots, data: 'det nya cv:t' } },
      officer,
    );
    await anna.send(`${path}/amend`, { data: 'allt', act: 'save' });
    expect(anna.status).to.equal(409);
    expect((await stored())?.slots.data).to.equal('det nya cv:t');
    expect(anna.fields(`${path}/amend`)).to.include({ data: 'allt' });
    await anna.send(`${path}/amend`, { act: 'save' });
    expect((await stored())?.slots.data).to.equal('allt');
  });

  it('lets the person take the request back, once asked, and then nothing more', async () => {
    await confirm();
    await anna.go(`${path}/withdraw`);
    expect((await stored())?.status).to.equal('submitted');
    const summary = anna.html;
    await anna.send(`${path}/withdraw`);
    expect((await stored())?.status).to.equal('withdrawn');
    expect((await stored())?.history.at(-1)).to.include({ to: 'withdrawn', by: ticket.number });
    anna.html = summary;
    await anna.send(`${path}/withdraw`);
    expect(anna.status).to.equal(409);
    await anna.go(`${path}/amend`);
    expect(anna.status).to.equal(409);
    const kinds = (await desk.parts.tickets.pending(desk.parts.clock(), 9)).map(({ kind }) => kind);
    expect(kinds).to.have.members(['mail.code', 'ticket.moved', 'mail.moved']);
  });

  it('gives the person their data as JSON, without what officers wrote', async () => {
    const found = await desk.parts.tickets.byId(ticket.id);
    if (!found) throw new Error('the ticket is gone');
    await desk.parts.office.note(found, 'internal words', { id: 'officer', role: 'officer' });
    await confirm();
    await anna.go(`${path}/data.json`);
    expect(anna.headers.get('content-disposition')).to.equal(`attachment; filename="${ticket.number}.json"`);
    expect(JSON.parse(anna.html)).to.deep.include({ number: ticket.number, slots: ticket.slots });
    expect(anna.html).to.not.match(/internal|tokenHash|idempotencyKey|officer/);
  });

  it('gives a receipt whose signature the published key holds', async () => {
    await anna.go(`${path}/receipt.jws`);
    const jws = anna.html;
    await anna.go('/.well-known/receipt-keys.json');
    const receipt = await verifyReceipt(jws, JSON.parse(anna.html));
    expect(receipt).to.include({ number: ticket.number, type: 'erasure', due: '2026-03-02' });
    expect(anna.html).to.not.include('"d"');
  });

  it('has the complaint ready once the day has passed without an answer, and not before', async () => {
    const clock = async (instant: string) => {
      desk.setClock(instant);
      await confirm();
      return anna.html.includes('id="field-complaint"');
    };
    expect(await clock('2026-03-02T22:30:00Z')).to.equal(false);
    expect(await clock('2026-03-02T23:30:00Z'), 'the next day in Stockholm').to.equal(true);
    expect(anna.text)
      .to.include('artikel 12.3')
      .and.to.include('Allegis Group Limited')
      .and.to.include('Mitt namn: Anna Berg')
      .and.to.include('Mina kontaktuppgifter: anna.berg@example.se')
      .and.to.include('31 januari 2026');
    const found = await desk.parts.tickets.byId(ticket.id);
    if (!found) throw new Error('the ticket is gone');
    await desk.parts.office.move(found, 'completed', { id: 'officer', role: 'officer' });
    await anna.go(path);
    expect(anna.html).to.not.include('field-complaint');
  });

  it('is there for so many days once it has ended, and then as if it had never been', async () => {
    const ended = { at: '2026-01-31T10:00:00Z', from: 'submitted', to: 'completed', by: 'officer' } as const;
    const closed = await file('closed', { status: 'completed', history: [ended] });
    desk.setClock('2026-03-02T09:59:00Z');
    await anna.go(closed.path);
    expect(anna.status).to.equal(200);
    desk.setClock('2026-03-02T10:01:00Z');
    await anna.go(closed.path);
    const [status, html] = [anna.status, anna.html];
    await anna.go(`/request/${'A'.repeat(43)}`);
    expect([status, html]).to.deep.equal([anna.status, anna.html]);
    expect(status).to.equal(404);
    await anna.go(`${closed.path}/receipt.jws`);
    expect(anna.status).to.equal(404);
  });

  it('is found again by number and address with a code', async () => {
    await anna.go('/request/find');
    const number = ticket.number.toLowerCase().replaceAll('-', ' ');
    await anna.send('/request/find', { number, email: 'Anna.Berg@Example.se', act: 'find' });
    for (let tries = 0; desk.sent.length === 0 && tries < 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await anna.send('/request/find', { code: await code('find'), act: 'code' });
    expect(anna.path).to.equal(`${path}?told=confirmed`);
    expect(anna.text).to.include('Anna Berg');
  });

  it('tells nobody by its answers which numbers and addresses there are', async () => {
    const answers: string[] = [];
    const squeeze = (html: string) =>
      html.replace(/name="(?:form|number|email)" value="[^"]*"/g, '').replace(/id="hint[^"]*"/g, '');
    for (const [number, email] of [
      [ticket.number, 'anna.berg@example.se'],
      [ticket.number, 'other@example.se'],
      ['SA-0000-0000', 'anna.berg@example.se'],
      ['nonsense', 'nonsense'],
    ]) {
      await anna.go('/request/find');
      await anna.send('/request/find', { number: number ?? '', email: email ?? '', act: 'find' });
      let seen = `${anna.status} ${squeeze(anna.html)}`;
      // Also where the tries are over.
      const wrong = (await code('find')) === '000000' ? '000001' : '000000';
      for (let tries = 0; tries < 6; tries += 1) {
        await anna.send('/request/find', { code: wrong, act: 'code' });
        seen += `${anna.status} ${squeeze(anna.html)}`;
      }
      answers.push(seen);
    }
    expect(new Set(answers).size).to.equal(1);
    expect(desk.sent.every((id) => id === ticket.id)).to.equal(true);
  });

  it('sends no more codes than a mailbox bears, and says so', async () => {
    for (let times = 0; times < 7; times += 1) {
      await anna.go(path);
      await anna.send(`${path}/code`);
    }
    expect(desk.sent).to.have.length(5);
    expect(anna.path).to.include('told=too_many');
  });
});
