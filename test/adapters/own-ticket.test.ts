import { expect } from 'chai';
import { passageHash } from '../../src/content/passage-hash.ts';
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
    expect(anna.text).to.include('Bekräfta den med en kod').and.not.include('anna.ek@example.se');
    expect((await stored())?.identity).to.equal('unconfirmed');
    const actions = (await desk.audit.about(ticket.id, 50)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'ticket.amend')).to.have.length(2);
  });

  it('shows first what was written to the person with the last step', async () => {
    await confirm();
    const found = await desk.parts.tickets.byId(ticket.id);
    if (!found) throw new Error('the ticket is gone');
    const officer = { id: 'officer', role: 'officer' } as const;
    await desk.parts.office.move(found, 'awaiting_verification', officer, 'Ring oss på 08-123 456.');
    await anna.go(path);
    expect(anna.text).to.include('Meddelande till dig Ring oss på 08-123 456.');
    expect(anna.text).to.include('Läs meddelandet ovan');
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
      html
        .replace(/name="form" value="[^"]*"/g, '')
        .replace(/SA-\w{4}-\w{4}/g, '')
        .replace(/[\w.]+@example\.se/g, '');
    for (const [number, email] of [
      [ticket.number, 'anna.berg@example.se'],
      [ticket.number, 'other@example.se'],
      ['SA-0000-0000', 'anna.berg@example.se'],
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

  it('looks at what number and address are like before it lets anybody wait for a code', async () => {
    await anna.go('/request/find');
    await anna.send('/request/find', { number: 'min begäran', email: 'anna@', act: 'find' });
    expect(anna.status).to.equal(422);
    expect(anna.text).to.include('SA-7K3M-9QXP').and.to.include('namn@example.se');
    expect(anna.html).to.match(/id="field-number"[^>]*aria-describedby="fault-number hint-number"/);
    await anna.send('/request/find', { number: '', email: 'anna.berg@example.se', act: 'find' });
    expect(anna.text).to.include('Det här behöver fyllas i');
    expect(anna.html.match(/class="fault"/g)).to.have.length(1);
    expect(desk.sent).to.deep.equal([]);
  });

  it('repeats what was typed to find a request, and gives it back to be put right', async () => {
    await anna.go('/request/find?lang=en');
    const typed = { number: ticket.number, email: 'ana.berg@example.se' };
    await anna.send('/request/find?lang=en', { ...typed, act: 'find' });
    expect(anna.text).to.include(ticket.number).and.to.include('ana.berg@example.se');
    expect(anna.text).to.include('wait until tomorrow');
    await anna.send('/request/find?lang=en', { code: ' ', act: 'code' });
    expect(anna.text).to.include('This needs to be filled in');
    await anna.switchLanguage('/request/find?lang=en');
    expect([anna.path, anna.status]).to.deep.equal(['/request/find', 200]);
    expect(anna.html).to.include('id="field-code"').and.to.include('ana.berg@example.se');
    await anna.send('/request/find', { act: 'edit' });
    expect(anna.fields('/request/find')).to.include(typed);
    expect(anna.path).to.equal('/request/find');
    await anna.switchLanguage('/request/find', { email: 'anna.berg@example.se' });
    expect(anna.fields('/request/find?lang=en')).to.include({ email: 'anna.berg@example.se' });
  });

  it('is in its own language, or in the one that is asked for, on every page and with every fault', async () => {
    await anna.go(path, { headers: { 'accept-language': 'en' } });
    expect(anna.html).to.include('<html lang="sv">').and.to.include(`href="${path}?lang=en"`);
    await anna.go(`${path}/amend`, { headers: { 'accept-language': 'en' } });
    expect(anna.html).to.include('<html lang="sv">');
    const en = `?lang=en`;
    await anna.go(`${path}/amend${en}`);
    expect(anna.html).to.include('<html lang="en">').and.to.include(`href="${path}${en}"`);
    await anna.go(`${path}${en}`);
    await anna.send(`${path}/code${en}`);
    expect(anna.path).to.equal(`${path}?told=code&lang=en`);
    expect(anna.html).to.include(`href="${path}?told=code&#38;lang=sv"`);
    await anna.send(`${path}/confirm${en}`, { code: '1' });
    expect(anna.text).to.include('The code is not right');
    await anna.send(`${path}/confirm${en}`, { code: await code() });
    expect(anna.html).to.include('<html lang="en">').and.to.include('Anna Berg');
    await anna.go(`${path}/amend${en}`);
    await anna.switchLanguage(`${path}/amend${en}`, { data: 'allt', email: 'anna@' });
    expect(anna.status).to.equal(200);
    const { data, email } = anna.fields(`${path}/amend?lang=sv`);
    expect([data, email]).to.deep.equal(['allt', 'anna@']);
    await anna.go(`${path}/withdraw${en}`);
    await anna.send(`${path}/withdraw${en}`);
    expect(anna.path).to.equal(`${path}?told=withdrawn&lang=en`);
    const english = await file('english', { locale: 'en' });
    await anna.go(english.path, { headers: { 'accept-language': 'sv' } });
    expect(anna.html).to.include('<html lang="en">').and.to.include('href="/notice?lang=en"');
    for (const [accepted, lang] of [
      ['en-GB,sv;q=0.5', 'en'],
      ['de,sv;q=0.5', 'sv'],
    ] as const) {
      await anna.go(`/request/${'A'.repeat(43)}`, { headers: { 'accept-language': accepted } });
      expect([anna.status, /<html lang="(..)"/.exec(anna.html)?.[1]]).to.deep.equal([404, lang]);
    }
  });

  it('loses nothing that somebody else changed while the form was shown in the other language', async () => {
    await confirm();
    await anna.go(`${path}/amend`);
    const found = await desk.parts.tickets.byId(ticket.id);
    if (!found) throw new Error('the ticket is gone');
    const changed = { ...found.ticket, slots: { ...ticket.slots, data: 'det nya cv:t' } };
    await desk.parts.office.amend(found, changed, { id: 'officer', role: 'officer' });
    await anna.switchLanguage(`${path}/amend`);
    await anna.send(`${path}/amend?lang=en`, { act: 'save' });
    expect(anna.status).to.equal(409);
    expect((await stored())?.slots.data).to.equal('det nya cv:t');
  });

  it('leads on from every fault: to the page of the ticket, or to one that is there already', async () => {
    await anna.go(`${path}/amend`);
    expect(anna.html).to.include(`<a href="${path}">Till ärendets sida</a>`);
    await anna.go('/request/new/nothing');
    expect(anna.html.indexOf('<p><a href="/request/find">')).to.be.within(
      1,
      anna.html.indexOf('<p><a href="/request">'),
    );
  });

  it('says that of several codes only the last is valid, and asks for one where none is given', async () => {
    await anna.go(path);
    await anna.send(`${path}/code`);
    const first = await code();
    await anna.send(`${path}/confirm`, { code: ' ' });
    expect(anna.status).to.equal(422);
    expect(anna.text).to.include('Det här behöver fyllas i').and.not.to.include('Koden stämmer inte');
    desk.setClock('2026-01-31T09:01:00Z');
    await anna.send(`${path}/code`);
    await anna.send(`${path}/confirm`, { code: first });
    expect(anna.text).to.include('bara den senaste som gäller');
  });

  it('has the day of the confirmation where a request is dealt with at once', async () => {
    const opt = await file('opt', { type: 'marketing_opt_out' });
    await anna.go(opt.path);
    expect(anna.text).to.include('Bekräftelse senast 2 mars 2026').and.not.to.include('Svar senast');
    await anna.go(path);
    expect(anna.text).to.include('Svar senast 2 mars 2026');
  });

  it('speaks of an ended request as ended, locked and open', async () => {
    await confirm();
    await anna.go(`${path}/withdraw`);
    await anna.send(`${path}/withdraw`);
    const toNew = 'kan inte ändras. <a href="/request">Gör en ny begäran</a>';
    expect(anna.html).to.include(toNew).and.not.to.include(`${path}/amend`);
    await anna.send(`${path}/leave`);
    expect(anna.html).to.include(toNew);
    expect(anna.text)
      .to.include('Se det du har skickat')
      .and.not.to.include('Se och ändra')
      .and.not.to.include('hanteras även om');
  });

  it('tells its owner where a refusal can be complained about, where that is the law', async () => {
    const step = { from: 'submitted', to: 'refused', by: 'officer', reason: 'Finns inte.' } as const;
    const history = [{ ...step, at: '2026-01-31T09:00:00.000Z' }];
    for (const [dueRule, isTold] of [
      ['gdpr_month', true],
      ['california_45_days', false],
    ] as const) {
      ({ ticket, path } = await file(dueRule, { status: 'refused', dueRule, history }));
      await anna.go(path);
      expect(anna.html).to.not.include('imy.se');
      await confirm();
      expect(anna.html.includes('https://www.imy.se/privatperson/'), dueRule).to.equal(isTold);
      expect(anna.text.includes('artikel 77'), dueRule).to.equal(isTold);
      expect(anna.text, dueRule).to.include('Du kan klaga på beslutet');
    }
  });

  it('tells an owner who has confirmed the address that it is somebody else who goes on', async () => {
    ({ ticket, path } = await file('wait', { status: 'awaiting_verification' }));
    await anna.go(path);
    expect(anna.text).to.not.include('Din e-postadress är bekräftad');
    await confirm();
    expect(anna.text).to.include('Din e-postadress är bekräftad. Nu tittar');
  });

  it('lists what concerns the request and reads otherwise in the notice now, and nothing else', async () => {
    const { content } = desk.parts;
    const cite = (passage: string, hash = passageHash(passage, content) ?? '') => ({ passage, hash });
    const show = async (cited: Ticket['cited'], notice: string) => {
      const other = await file(`${cited.length} ${notice}`, { locale: 'en', notice, cited });
      await anna.go(other.path);
      return anna.text;
    };
    const now = content.notice.id;
    expect(await show([cite('rights-1')], now)).to.not.include('The privacy notice has');
    expect(await show([cite('rights-1')], 'older')).to.include('what concerns the request reads the same');
    const changed = [cite('rights-1'), cite('retention-2', 'other'), cite('gone-1', 'other')];
    expect(await show(changed, 'older'))
      .to.include('now reads differently')
      .and.to.include('no longer there');
    const { topic } = content.passages.get('retention-2') ?? {};
    expect(anna.html).to.include(`<a href="/notice?lang=en#retention-2">${topic?.en}</a>`);
    expect(anna.html).to.not.include('#rights-1');
  });

  it('tells what its owner and its officer have changed, and the day that its date was counted from', async () => {
    const at = '2026-01-31T02:00:00.000Z';
    const slots = { ...ticket.slots, country: 'US' };
    const history = [{ at, from: 'draft', to: 'submitted', by: 'person' }] as const;
    ({ ticket, path } = await file('abroad', { slots, receivedAt: at, history: [...history] }));
    await confirm();
    await anna.go(`${path}/amend`);
    await anna.send(`${path}/amend`, { data: 'allt', act: 'save' });
    desk.setClock('2026-02-02T09:00:00Z');
    const found = await desk.parts.tickets.byId(ticket.id);
    if (!found) throw new Error('the ticket is gone');
    await desk.parts.office.amend(found, found.ticket, { id: 'officer', role: 'officer' });
    await confirm();
    const lines = [...(/<ol>[\s\S]*?<\/ol>/.exec(anna.html)?.[0] ?? '').matchAll(/<li>(.*?)<\/li>/g)];
    expect(lines.map(([, line]) => line)).to.deep.equal([
      '30 januari 2026: inskickat, väntar på att någon börjar',
      '31 januari 2026: du ändrade det du hade skickat',
      '2 februari 2026: uppgifterna rättades av den som handlägger ärendet',
    ]);
    expect(anna.html.indexOf('receipt.jws'), 'the receipt comes last').to.be.above(anna.html.indexOf('<ol>'));
  });

  it('promises no day in the receipt of a wish that has none', async () => {
    const talk = await file('talk', { type: 'human_contact', due: null, dueRule: 'none' });
    await anna.go(talk.path);
    expect(anna.text).to.include('Signerat kvitto').and.not.to.include('senast');
  });

  it('sends no more codes than a mailbox bears, and says so', async () => {
    for (let times = 0; times < 7; times += 1) {
      desk.setClock(`2026-01-31T09:0${times}:00Z`);
      await anna.go(path);
      await anna.send(`${path}/code`);
    }
    expect(desk.sent).to.have.length(5);
    expect(anna.path).to.include('told=too_many');
  });
});
