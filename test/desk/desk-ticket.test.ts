import { expect } from 'chai';
import { officerNamesIn } from '../../src/adapters/desk/officer-names.ts';
import { sessionsIn } from '../../src/adapters/desk/sessions.ts';
import { requestJsonSchema } from '../../src/exports/request-json.ts';
import { escapeHtml } from '../../src/pages/html.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { type Browser, browser, type Desk, hidden, pressed, someDesk } from './some-desk.ts';

describe('a ticket at the desk', () => {
  let desk: Desk;
  let kim: Browser;
  const ticket = someTicket('first', {
    notes: [{ at: '2026-02-01T09:00:00.000Z', by: 'kim', text: 'Ringde.' }],
  });
  const pathOf = ({ number }: Ticket) => `/desk/ticket/${number}`;
  const path = pathOf(ticket);
  const stored = async ({ id }: Ticket = ticket) => {
    const found = await desk.tickets.byId(id);
    if (!found) throw new Error('the ticket is gone');
    return found;
  };
  const filed = async (key: string, changes: Partial<Ticket>) => {
    const made = someTicket(key, changes);
    await desk.file(made);
    return made;
  };
  const session = async () => {
    const who = { id: 'kim', name: 'Kim', role: 'officer' as const };
    return (await sessionsIn(desk.documents, () => desk.now.date).begin(who)).id;
  };
  const step = async (to: string, text?: string, of: Ticket = ticket) => {
    const { etag } = await stored(of);
    return kim.post(pathOf(of), pressed({ do: 'move', etag, to, ...(text === undefined ? {} : { text }) }));
  };

  beforeEach(async () => {
    desk = await someDesk();
    await desk.file(ticket);
    kim = await desk.officer('officer', 'kim');
  });
  afterEach(() => desk.close());

  describe('tells', () => {
    it('everybody of the last letter that has not arrived', async () => {
      const reader = await desk.officer('reader');
      expect((await reader.get(path)).text).to.not.include('kom inte fram');
      for (const [id, why] of [
        ['mail', 'ETIMEDOUT'],
        ['mail', '550'],
        ['webhook', 'gone'],
      ] as const)
        await desk.audit.append({
          at: '2026-02-19T09:00:00.000Z',
          by: { id, role: 'system' },
          action: `${id}.given_up`,
          ticketId: ticket.id,
          detail: { why, target: 2 },
        });
      const { text } = await reader.get(path);
      expect(text)
        .to.include('Mejlet till personen kom inte fram (550). Ta kontakt på annat sätt.')
        .and.to.include('mottagare 2, systemet finns inte längre')
        .and.to.not.include('ETIMEDOUT');
    });

    it('everybody of it though the ticket has been looked at ever so often since', async () => {
      const note = (action: string) =>
        desk.audit.append({
          at: '2026-02-19T09:00:00.000Z',
          by: { id: 'mail', role: 'system' },
          action,
          ticketId: ticket.id,
          detail: { why: 'pace' },
        });
      for (let each = 0; each < 10_000; each += 1) await note('ticket.look');
      await note('mail.given_up');
      for (let each = 0; each < 600; each += 1) await note('ticket.look');
      const { text } = await (await desk.officer('reader')).get(path);
      expect(text).to.include('det gick för många mejl till adressen');
    });

    it('whether the person hears of its steps', async () => {
      const confirmed = await filed('confirmed', { identity: 'email_confirmed' });
      const optOut = await filed('opt-out', { type: 'marketing_opt_out' });
      const called = await filed('called', { type: 'human_contact', slots: { phone: '+46701740605' } });
      const mailed = 'Varje steg mejlas till personen.';
      expect((await kim.get(path)).text).to.include('adressen är inte bekräftad');
      expect((await kim.get(pathOf(confirmed))).text).to.include(mailed);
      expect((await kim.get(pathOf(optOut))).text).to.include(mailed);
      expect((await kim.get(pathOf(called))).text).to.include('Ingenting skickas; ring +46701740605.');
      expect((await kim.get(pathOf(called))).text).to.not.include('Personen får');
    });

    it('what has been done once, and who hears of it', async () => {
      const id = await session();
      const shown = await browser(desk.at, `${id}; desk-done=move`).get(path);
      expect(shown.text).to.include('ärendet har gått vidare').and.to.include('visas först när adressen');
      expect(shown.headers.get('set-cookie')).to.match(/^desk-done=; .*Max-Age=0/);
      expect((await browser(desk.at, id).get(path)).text).to.not.include('ärendet har gått vidare');
      expect((await browser(desk.at, `${id}; desk-done=<b>`).get(path)).text).to.not.include('role="status"');
    });

    it('channels, fields, programs and recruiters by their names', async () => {
      const made = await filed('named', {
        channel: 'msteams',
        slots: { name: 'Anna Berg', country: 'NO', relation: 'candidate' },
        history: [
          { at: ticket.createdAt, from: 'draft', to: 'submitted', by: 'recruiter' },
          { at: ticket.createdAt, from: 'submitted', to: 'in_progress', by: 'api:crm' },
        ],
      });
      const { text } = await kim.get(pathOf(made));
      expect(text)
        .to.include('<dd>Teams</dd>')
        .and.to.include('Bosättningsland')
        .and.to.include('Koppling till företaget')
        .and.to.include('En rekryterare')
        .and.to.include('Programmet crm');
      expect(text).to.not.match(/msteams|api:crm|din koppling|land du bor i/);
    });

    it('whose clocks count, where they are not Swedish', async () => {
      const made = await filed('us', {
        slots: { name: 'Anna Berg', email: 'anna.berg@example.se', country: 'US' },
        receivedAt: '2026-01-31T02:00:00.000Z',
      });
      const { text } = await kim.get(pathOf(made));
      expect(text)
        .to.include('(svensk tid)')
        .and.to.match(/östnordamerikansk tid.*30 jan\. 2026/);
      expect((await kim.get(path)).text).to.not.include('(svensk tid)');
    });
  });

  describe('has steps', () => {
    it('with words for the person, which a wish for proof of identity needs and an end may have', async () => {
      expect((await step('awaiting_verification', ' ')).status).to.equal(422);
      expect((await step('awaiting_verification', 'Ring oss senast den 3 mars.')).status).to.equal(303);
      expect((await step('completed', 'Allt är raderat.')).status).to.equal(303);
      expect((await stored()).ticket.history.map(({ to, reason }) => [to, reason])).to.deep.equal([
        ['awaiting_verification', 'Ring oss senast den 3 mars.'],
        ['completed', 'Allt är raderat.'],
      ]);
      const other = await filed('other', { type: 'access' });
      expect((await step('completed', undefined, other)).status).to.equal(303);
    });

    it('with buttons that say what they do, and no two the same', async () => {
      const { text } = await kim.get(path);
      const names = [...text.matchAll(/<button class="button" name="do"[^>]*>([^<]+)/g)].map(
        ([, name]) => name,
      );
      expect(new Set(names).size).to.equal(names.length);
      expect(names).to.include('Avslå begäran').and.to.include('Förläng tiden');
    });

    it('that extend a new request, with one letter', async () => {
      expect((await step('extended', 'Många register.')).status).to.equal(303);
      const kinds = (await desk.tickets.pending(desk.now.date, 50)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'mail.moved')).to.have.length(1);
    });

    it('and a referral with a text for the person, who has to turn there, and one for the controller', async () => {
      const { text } = await kim.get(path);
      const ready = /name="text-referred"[^>]*>([^<]*)/.exec(text)?.[1];
      expect(ready).to.include('Vi har inte skickat begäran vidare. Vänd dig till [namn');
      const other = /id="to-controller"[^>]*readonly>([^<]*)/.exec(text)?.[1];
      expect(other).to.include(ticket.number).and.to.include('den 31 januari 2026');
      expect(other).to.not.include('Anna');
      expect(text).to.not.match(/name="[^"]*controller/);
    });

    it('without personal identity numbers in what is kept and mailed', async () => {
      const text = 'Ring 811218-9876.';
      const { etag } = await stored();
      const noted = await kim.post(path, pressed({ do: 'note', etag, text }));
      expect(noted.headers.get('set-cookie')).to.include('desk-done=note.masked');
      await step('refused', text);
      const kept = JSON.stringify((await stored()).ticket);
      expect(kept).to.include('[•••]').and.to.not.include('9876');
    });

    it('and keeps in its field what was typed when another button is pressed', async () => {
      const page = await kim.get(path);
      const etag = hidden(page, 'etag');
      const ready = /name="text-referred"[^>]*>\n([^<]*)/.exec(page.text)?.[1] ?? '';
      const half = { 'text-note': 'Min halva anteckning', 'text-referred': ready, 'text-refused': '' };
      const taken = await kim.post(path, { ...half, etag, do: 'assign:me' });
      expect(taken.status).to.equal(200);
      expect((await stored()).ticket.assignee).to.equal('kim');
      expect(taken.text).to.match(/name="text-note"[^>]*>\nMin halva anteckning</);
      expect(taken.text).to.include('handläggaren är ändrad').and.to.not.include('<details open>');
      const next = await kim.post(path, { ...half, etag: hidden(taken, 'etag'), do: 'note' });
      expect(next.status).to.equal(303);
    });
  });

  describe('without a session any more', () => {
    beforeEach(async () => {
      await kim.get('/desk/figures');
      desk.now.date = new Date('2026-02-20T09:31:00Z');
    });

    it('leads to the sign-in and back in another tab, where the text stays', async () => {
      const shown = await kim.post(path, {
        do: 'move:refused',
        'text-refused': 'Skäl',
        'text-note': 'Min not',
      });
      expect(shown.status).to.equal(401);
      const to = encodeURIComponent(path);
      expect(shown.text).to.include(
        `href="${escapeHtml(`/desk/sign-in?to=${to}`)}" target="_blank" rel="noopener"`,
      );
      expect(shown.text).to.include('Skäl').and.to.include('Min not');
      const corrected = await kim.post(`${path}/correct`, { 'slot-email': 'ny@example.se' });
      expect(corrected.text).to.include('ny@example.se').and.to.include(encodeURIComponent('/correct'));
    });

    it('comes back with its query, and to no other place', async () => {
      const shown = await kim.get('/desk?team=dpo&status=all');
      expect(shown.to).to.equal(`/desk/sign-in?to=${encodeURIComponent('/desk?team=dpo&status=all')}`);
      const placeAfter = async (to: string) =>
        hidden(await desk.stranger.get(`/desk/sign-in?to=${encodeURIComponent(to)}`), 'to');
      for (const to of ['/desk?team=dpo&status=all', path, `${path}/correct`, '/desk/new'])
        expect((await placeAfter(to)).replaceAll('&#38;', '&'), to).to.equal(to);
      for (const to of [
        '//example.com',
        '/desk?x=<b>',
        '/desk?x=\r\nSet-Cookie:',
        '/deskx',
        '/desk/../x',
        '',
      ])
        expect(await placeAfter(to), to).to.equal('/desk');
    });
  });

  it('is handed to a colleague who may take it, and to nobody else', async () => {
    const names = officerNamesIn(desk.documents, () => desk.now.date);
    await names.remember({ id: 'robin', name: 'Robin Ek', role: 'officer' });
    await names.remember({ id: 'alex', name: 'Alex Lind', role: 'reader' });
    const { text } = await kim.get(path);
    expect(text).to.include('<option value="robin">Robin Ek</option>').and.to.not.include('Alex Lind');
    for (const to of ['alex', 'nobody-known', '__proto__', ''])
      expect((await kim.post(path, { etag: '1', do: 'assign', assign: to })).status, to).to.equal(422);
    expect((await kim.post(path, { etag: '1', do: 'assign', assign: 'robin' })).status).to.equal(303);
    expect((await kim.get(path)).text).to.include('<dd>Robin Ek</dd>');
  });

  describe('can be taken along', () => {
    it('in the format that is published, without notes, and it stands in the log', async () => {
      const { text } = await kim.get(path);
      for (const format of ['json', 'fides', 'opendsr', 'drp'])
        expect(text).to.include(`href="${path}/export/${format}"`);
      const file = await kim.get(`${path}/export/json`);
      expect(file.headers.get('content-disposition')).to.equal(
        `attachment; filename="${ticket.number}-json.json"`,
      );
      expect(requestJsonSchema.parse(JSON.parse(file.text))).to.include({ number: ticket.number });
      expect(file.text).to.not.include('Ringde');
      const [entry] = (await desk.audit.about(ticket.id, 50)).filter(
        ({ action }) => action === 'ticket.export',
      );
      expect(entry).to.deep.include({ by: { id: 'kim', role: 'officer' }, detail: { format: 'json' } });
    });

    it('or is told why not, in words', async () => {
      const shown = await kim.get(`${path}/export/drp`);
      expect(shown.status).to.equal(422);
      expect(shown.text)
        .to.include('Data Rights Protocol är inte inställt här')
        .and.to.include(`href="${path}"`);
      expect((await kim.get(`${path}/export/pdf`)).status).to.equal(404);
      expect((await desk.audit.about(ticket.id, 50)).map(({ action }) => action)).to.not.include(
        'ticket.export',
      );
    });
  });

  describe('like another one', () => {
    it('is answered there: noted on both, and the person is told', async () => {
      const twin = await filed('twin', { slots: { email: 'ANNA.BERG@example.se' } });
      const { text } = await kim.get(path);
      const ready = `Din begäran ${ticket.number} är densamma som ${twin.number} och besvaras där, senast 2 mars 2026.`;
      expect(text).to.include(ready);
      const joined = await kim.post(
        path,
        pressed({ do: 'join', etag: '1', to: twin.number, text: `${ready} Hej!` }),
      );
      expect([joined.status, joined.to]).to.deep.equal([303, path]);
      const { ticket: ended } = await stored();
      expect(ended.history.at(-1)).to.include({ to: 'completed', by: 'kim', reason: `${ready} Hej!` });
      expect(ended.notes.at(-1)?.text).to.equal(`Besvaras i ${twin.number}.`);
      expect((await stored(twin)).ticket.notes.at(-1)?.text).to.include(ticket.number);
      expect((await stored(twin)).ticket.status).to.equal('submitted');
    });

    it('is known by its phone number too, and looking it up is no listing', async () => {
      const slots = { phone: '+46701740605' };
      const [one, other] = [await filed('one', { slots }), await filed('other', { slots })];
      expect((await kim.get(pathOf(one))).text).to.include(`href="${pathOf(other)}"`);
      expect((await desk.audit.read(0, 100)).map(({ action }) => action)).to.not.include('ticket.list');
    });

    it('is joined to no other ticket, and not unseen', async () => {
      const stranger = await filed('stranger', { slots: { email: 'robin@example.se' } });
      const twin = await filed('twin', {});
      const join = (fields: { to: string; etag?: string; text?: string }) =>
        kim.post(path, pressed({ do: 'join', etag: '1', text: 'Där.', ...fields }));
      expect((await join({ to: stranger.number })).status).to.equal(422);
      expect((await join({ to: ticket.number })).status).to.equal(422);
      expect((await join({ to: twin.number, text: ' ' })).status).to.equal(422);
      const stale = await join({ to: twin.number, etag: '0' });
      expect(stale.status).to.equal(409);
      expect(stale.text).to.include('Där.');
      expect((await stored()).etag).to.equal('1');
      expect((await stored(twin)).etag).to.equal('1');
    });
  });

  describe('is corrected', () => {
    const correct = (fields: Record<string, string>, etag = '1') =>
      kim.post(`${path}/correct`, {
        etag,
        'slot-name': 'Anna Berg',
        'slot-email': 'anna.berg@example.se',
        ...fields,
      });

    it('with its address, which is then unconfirmed, and other systems hear of it', async () => {
      await desk.tickets.update({ ...ticket, identity: 'email_confirmed' }, '1', []);
      expect((await kim.get(`${path}/correct`)).text).to.include('value="anna.berg@example.se"');
      const done = await correct(
        { 'slot-email': 'Anna.Berg@example.com', 'slot-phone': '070-174 06 05' },
        '2',
      );
      expect([done.status, done.to]).to.deep.equal([303, path]);
      const { ticket: now } = await stored();
      expect(now.slots).to.deep.equal({
        name: 'Anna Berg',
        email: 'anna.berg@example.com',
        phone: '+46701740605',
      });
      expect(now.identity).to.equal('unconfirmed');
      expect((await desk.tickets.pending(desk.now.date, 50)).map(({ kind }) => kind)).to.include(
        'ticket.amended',
      );
      const last = (await desk.audit.about(ticket.id, 50)).at(-1);
      expect(last).to.deep.include({ action: 'ticket.amend', by: { id: 'kim', role: 'officer' } });
    });

    it('with its country, from which recipient and date are found anew', async () => {
      await correct({ 'slot-country': 'USA' });
      expect((await stored()).ticket).to.deep.include({
        recipient: { team: 'privacy_office', entity: 'inc' },
        due: '2026-03-17',
      });
    });

    it('not where a field cannot be read or is needed, and without personal identity numbers', async () => {
      const wrong = await correct({ 'slot-email': 'anna@', 'slot-name': '' });
      expect(wrong.status).to.equal(422);
      expect(wrong.text).to.include('value="anna@"').and.to.include('id="fault-slot-name"');
      expect((await stored()).etag).to.equal('1');
      await correct({ 'slot-name': 'Anna 811218-9876', 'slot-data': 'Anna, 811218-9876' });
      expect((await stored()).ticket.slots).to.include({ name: 'Anna', data: 'Anna, [•••]' });
    });

    it('not over what somebody else has changed, which is shown', async () => {
      const slots = { ...ticket.slots, phone: '+46701740605' };
      await desk.tickets.update({ ...ticket, slots }, '1', []);
      const shown = await correct({ 'slot-name': 'Anna Bergh' });
      expect(shown.status).to.equal(409);
      expect(shown.text).to.include('value="Anna Bergh"').and.to.include('Nu står det: +46701740605');
      expect((await correct({ 'slot-phone': '+46701740605' }, hidden(shown, 'etag'))).status).to.equal(303);
    });

    it('not where nothing is changed or it has ended', async () => {
      await correct({});
      expect((await stored()).etag).to.equal('1');
      await step('refused', 'Skäl.');
      expect((await correct({ 'slot-name': 'Ann' }, '2')).status).to.equal(409);
      expect((await kim.get(path)).text).to.not.include('/correct');
    });
  });

  describe('that came by telephone or letter', () => {
    const form = '0e9b6b62-3df0-4fd1-9a44-0f6a1f3f9a51';
    const file = (fields: Record<string, string> = {}) =>
      kim.post('/desk/new', {
        form,
        type: 'access',
        channel: 'letter',
        locale: 'en',
        day: '2026-02-10',
        time: '',
        'slot-name': 'Robin Ek',
        'slot-email': 'robin@example.se',
        'slot-phone': '070-174 06 05',
        'slot-details': 'Allt om 811218-9876',
        ...fields,
      });
    const allOf = async (type: string) => (await desk.tickets.find({ type, limit: 10 })).tickets;

    it('is filed with its true date, once however often the form is sent', async () => {
      expect((await kim.get('/desk/new')).text).to.match(/name="form" value="[0-9a-f-]{36}"/);
      const sent = await file();
      expect(sent.headers.get('set-cookie')).to.include('desk-done=file.masked');
      expect((await file()).to).to.equal(sent.to);
      const [made, ...more] = await allOf('access');
      expect(more).to.have.length(0);
      expect(made?.ticket).to.deep.include({
        receivedAt: '2026-02-10T11:00:00.000Z',
        due: '2026-03-10',
        channel: 'letter',
        locale: 'en',
        filedBy: { role: 'officer', reference: 'kim' },
      });
      expect(made?.ticket.slots.phone).to.equal('+46701740605');
      expect(JSON.stringify(made)).to.not.include('9876');
      expect(made?.ticket.history.map(({ by }) => by)).to.deep.equal(['kim']);
      const kinds = (await desk.tickets.pending(desk.now.date, 50)).map(({ kind }) => kind);
      expect(kinds).to.include('mail.receipt');
      const actions = (await desk.audit.about(made?.ticket.id ?? '', 50)).map(({ action }) => action);
      expect(actions).to.deep.equal(['ticket.file']);
      expect((await kim.get(sent.to ?? '')).text).to.include('<dd>Brev</dd>');
    });

    it('leads to its correction where the form was changed and sent once more, and says so once', async () => {
      const sent = await file();
      const changes: Record<string, string>[] = [
        { 'slot-email': 'robin.ek@example.se' },
        { type: 'erasure' },
        { day: '2026-02-09' },
        { channel: 'phone' },
      ];
      for (const changed of changes) {
        const again = await file(changed);
        expect(again.to, Object.keys(changed).join()).to.equal(`${sent.to}/correct`);
        expect(again.headers.get('set-cookie')).to.include('desk-done=filed.before');
      }
      const [made, ...more] = [...(await allOf('access')), ...(await allOf('erasure'))];
      expect(made?.ticket.slots.email).to.equal('robin@example.se');
      expect(more.map((each) => each.ticket.number)).to.deep.equal([ticket.number]);
      const told = browser(desk.at, `${await session()}; desk-done=filed.before`);
      const shown = await told.get(`${sent.to}/correct`);
      expect(shown.text).to.include('har inte sparats').and.to.include('value="robin@example.se"');
      expect(shown.headers.get('set-cookie')).to.include('desk-done=;');
      expect((await kim.get(`${sent.to}/correct`)).text).to.not.include('har inte sparats');
    });

    it('is not filed with what cannot be read, and keeps what was typed', async () => {
      const shown = await file({ type: '', day: '2027-01-01', 'slot-email': 'robin@' });
      expect(shown.status).to.equal(422);
      const other = await file({ day: '2027-01-01', 'slot-email': 'robin@' });
      expect(other.text)
        .to.include('id="fault-day"')
        .and.to.include('id="fault-slot-email"')
        .and.to.include('value="robin@"');
      expect(await allOf('access')).to.have.length(0);
    });

    it('is filed and corrected without an e-mail address where there is a telephone number', async () => {
      const sent = await file({ 'slot-email': '' });
      expect(sent.status).to.equal(303);
      const [found] = await allOf('access');
      expect(found?.ticket.slots).to.include({ phone: '+46701740605' }).and.not.have.property('email');
      expect((await file({ form: '', 'slot-email': '', 'slot-phone': '' })).status).to.equal(422);
    });

    it('is joined to an open one of the same person, or made one of its own', async () => {
      const same = { type: 'erasure', 'slot-email': 'anna.berg@example.se' };
      const asked = await file(same);
      expect(asked.status).to.equal(200);
      expect(asked.text).to.include(`value="${ticket.number}"`);
      expect(await allOf('erasure')).to.have.length(1);
      expect(asked.text).to.include('name="masked" value="yes"');
      expect((await file({ ...same, twin: ticket.number })).to).to.equal(path);
      const note = (await stored()).ticket.notes.at(-1)?.text;
      expect(note).to.include('10 februari 2026').and.include('Telefonnummer: +46701740605');
      expect(JSON.stringify(await stored())).to.not.include('9876');
      expect(await allOf('erasure')).to.have.length(1);
      expect((await file({ ...same, twin: 'apart' })).status).to.equal(303);
      expect(await allOf('erasure')).to.have.length(2);
    });
  });
});
