import { expect } from 'chai';
import { escapeHtml } from '../../src/pages/html.ts';
import { verifyAudit } from '../../src/tickets/audit.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { type Desk, hidden, pressed, someDesk } from './some-desk.ts';

describe('the request desk', () => {
  let desk: Desk;
  const ticket = someTicket('first', { passages: ['rights-1', 'retention-2'] });
  const path = `/desk/ticket/${ticket.number}`;
  const stored = async () => {
    const found = await desk.tickets.byId(ticket.id);
    if (!found) throw new Error('the ticket is gone');
    return found;
  };
  const actions = async () => (await desk.audit.read(0, 1000)).map(({ action }) => action);

  beforeEach(async () => {
    desk = await someDesk();
    await desk.file(ticket);
  });
  afterEach(() => desk.close());

  describe('without a session', () => {
    for (const page of [
      '/desk',
      '/desk/figures',
      '/desk/audit',
      path,
      `${path}/correct`,
      `${path}/export/json`,
      '/desk/new',
    ])
      it(`sends ${page.replace(ticket.number, ':number')} to the sign-in, and shows nothing`, async () => {
        const shown = await desk.stranger.get(page);
        expect([shown.status, shown.text]).to.deep.equal([303, '']);
        expect(shown.to).to.match(/^\/desk\/sign-in\?to=/);
        expect(await actions()).to.deep.equal([]);
      });

    for (const [form, fields] of [
      ['/desk/search', { find: 'anna.berg@example.se' }],
      [path, pressed({ do: 'note', etag: '1', text: 'a note' })],
      [path, pressed({ do: 'move', etag: '1', to: 'completed' })],
      [`${path}/correct`, { etag: '1', 'slot-name': 'Anna' }],
      ['/desk/new', { type: 'erasure' }],
      ['/desk/sign-out', {}],
    ] as const)
      it(`does not take ${form.replace(ticket.number, ':number')} ${'do' in fields ? fields.do : ''}`, async () => {
        const shown = await desk.stranger.post(form, fields);
        expect(shown.status).to.equal(401);
        expect(shown.text).to.not.include('Anna Berg');
        expect((await stored()).etag).to.equal('1');
      });

    it('gives back what was typed when the session has ended meanwhile', async () => {
      const officer = await desk.officer('officer');
      const etag = hidden(await officer.get(path), 'etag');
      desk.now.date = new Date('2026-02-20T09:31:00Z');
      const shown = await officer.post(
        path,
        pressed({ do: 'note', etag, text: 'three <b>long</b> paragraphs' }),
      );
      expect(shown.status).to.equal(401);
      expect(shown.text).to.include(escapeHtml('three <b>long</b> paragraphs'));
    });

    it('does not take a cookie that it did not make', async () => {
      const { at } = desk;
      for (const cookie of ['desk=', `desk=${'A'.repeat(43)}`, `desk=${'%00'.repeat(20)}`, 'desk=../../x']) {
        const response = await fetch(`${at}/desk`, { headers: { cookie }, redirect: 'manual' });
        expect(response.status, cookie).to.equal(303);
      }
    });
  });

  describe('sessions', () => {
    it('end after 30 minutes of rest and after 8 hours', async () => {
      const rested = await desk.officer('reader');
      desk.now.date = new Date('2026-02-20T09:29:00Z');
      expect((await rested.get('/desk')).status).to.equal(200);
      desk.now.date = new Date('2026-02-20T09:58:00Z');
      expect((await rested.get('/desk')).status).to.equal(200);
      desk.now.date = new Date('2026-02-20T10:29:00Z');
      expect((await rested.get('/desk')).status).to.equal(303);
      const busy = await desk.officer('reader');
      for (let minute = 0; minute < 480; minute += 20) {
        desk.now.date = new Date(Date.parse('2026-02-20T10:29:00Z') + minute * 60_000);
        expect((await busy.get('/desk/figures')).status, `minute ${minute}`).to.equal(200);
      }
      desk.now.date = new Date('2026-02-20T18:29:00Z');
      expect((await busy.get('/desk/figures')).status).to.equal(303);
    });

    it('end with signing out, for every copy of the cookie', async () => {
      const officer = await desk.officer('officer');
      const out = await officer.post('/desk/sign-out', {});
      expect(out.status).to.equal(200);
      expect(out.headers.get('set-cookie')).to.match(/^desk=; .*Max-Age=0/);
      expect((await officer.get('/desk')).status).to.equal(303);
      expect(await actions()).to.include('desk.sign_out');
    });
  });

  describe('roles', () => {
    it('let a reader look and change nothing', async () => {
      const reader = await desk.officer('reader');
      const page = await reader.get(path);
      expect(page.status).to.equal(200);
      expect(page.text).to.include('Anna Berg').and.to.not.include('name="do"');
      for (const fields of [
        { do: 'move', to: 'completed' },
        { do: 'assign', to: 'me' },
        { do: 'note', text: 'a note' },
        { do: 'identify', to: 'verified' },
      ])
        expect((await reader.post(path, pressed({ etag: '1', ...fields }))).status, fields.do).to.equal(403);
      for (const page of [`${path}/correct`, `${path}/export/json`, '/desk/new'])
        expect((await reader.get(page)).status, page).to.equal(403);
      expect((await stored()).etag).to.equal('1');
    });

    for (const role of ['reader', 'officer'] as const)
      it(`keep the audit log from the role ${role}`, async () => {
        const officer = await desk.officer(role);
        const shown = await officer.get('/desk/audit');
        expect(shown.status).to.equal(403);
        expect((await officer.get(path)).text).to.not.include('id="audit"');
      });

    it('show an administrator the audit log', async () => {
      const administrator = await desk.officer('administrator');
      expect((await administrator.get(path)).text).to.include('id="audit"');
      expect((await administrator.get('/desk/audit')).status).to.equal(200);
    });
  });

  describe('forms', () => {
    const note = pressed({ do: 'note', etag: '1', text: 'a note' });
    it('need the token of their session', async () => {
      const [officer, other] = [await desk.officer('officer'), await desk.officer('officer', 'other')];
      const foreign = hidden(await other.get('/desk'), 'token');
      for (const token of ['', 'x', foreign, 'é'.repeat(43)]) {
        const shown = await officer.post(path, { ...note, token });
        expect(shown.status, token).to.equal(403);
        expect(shown.text).to.include('a note');
      }
      expect((await stored()).etag).to.equal('1');
    });

    it('are not taken from pages of other origins', async () => {
      const officer = await desk.officer('officer');
      for (const site of ['cross-site', 'same-site', 'none'])
        expect((await officer.post(path, note, { 'sec-fetch-site': site })).status, site).to.equal(403);
      expect((await officer.post(path, note, { 'sec-fetch-site': 'same-origin' })).status).to.equal(303);
    });

    it('are plain forms of a bearable size', async () => {
      const officer = await desk.officer('officer');
      const sent = (headers: Record<string, string>) => officer.post(path, note, headers);
      expect((await sent({ 'content-type': 'application/json' })).status).to.equal(415);
      expect((await sent({ 'content-encoding': 'gzip' })).status).to.equal(415);
      expect((await officer.post(path, { ...note, 'text-note': 'x'.repeat(200_000) })).status).to.equal(413);
      expect((await officer.post(path, { ...note, 'text-note': 'x'.repeat(20_001) })).status).to.equal(422);
      expect((await stored()).etag).to.equal('1');
    });

    for (const [what, fields] of Object.entries({
      'an unknown action': { do: 'delete', etag: '1' },
      'no action': { do: '', etag: '1' },
      'no etag': { do: 'assign', etag: '', to: 'me' },
      'an unknown state': { do: 'move', etag: '1', to: 'gone' },
      'a step that is not allowed': { do: 'move', etag: '1', to: 'expired', text: 'because' },
      'a refusal without reasons': { do: 'move', etag: '1', to: 'refused', text: '  \n ' },
      'a wish for proof of identity that says nothing': {
        do: 'move',
        etag: '1',
        to: 'awaiting_verification',
      },
      'a referral without reasons': { do: 'move', etag: '1', to: 'referred', text: '' },
      'an empty note': { do: 'note', etag: '1', text: '  ' },
      'an assignment to somebody else': { do: 'assign', etag: '1', to: 'other' },
    }))
      it(`with ${what} change nothing and say so`, async () => {
        const officer = await desk.officer('officer');
        const shown = await officer.post(path, pressed(fields));
        expect(shown.status).to.equal(422);
        expect(shown.text).to.include('role="alert"');
        expect((await stored()).etag).to.equal('1');
      });
  });

  describe('a ticket', () => {
    it('is shown with what was asked, the passages word for word and how its date was counted', async () => {
      const reader = await desk.officer('reader');
      const { text, headers } = await reader.get(path);
      expect(text)
        .to.include('anna.berg@example.se')
        .and.to.include('href="/notice#retention-2"')
        .and.to.include('28 februari 2026 är en lördag')
        .and.to.include('10 dagar kvar');
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.get('content-security-policy')).to.not.include('script-src');
      expect(headers.get('content-security-policy')).to.include("default-src 'none'");
      expect(text).to.not.match(/<script|\sstyle=|\son\w+=/);
    });

    it('moves on, and who did it stands in its history and in the log', async () => {
      const officer = await desk.officer('officer', 'kim');
      const begun = await officer.post(path, pressed({ do: 'move', etag: '1', to: 'in_progress' }));
      expect(begun.to).to.equal(path);
      expect(begun.headers.get('set-cookie')).to.match(/^desk-done=move; Path=\/desk\/ticket\/SA-/);
      const { etag } = await stored();
      const extended = await officer.post(
        path,
        pressed({ do: 'move', etag, to: 'extended', text: 'Många register.' }),
      );
      expect(extended.status).to.equal(303);
      const { ticket: now } = await stored();
      expect(now).to.include({ status: 'extended', due: '2026-04-30' });
      expect(now.history.at(-1)).to.include({ by: 'kim', reason: 'Många register.' });
      const kinds = (await desk.tickets.pending(desk.now.date, 50)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'mail.moved')).to.have.length(2);
      const moves = (await desk.audit.about(ticket.id, 50)).filter(({ action }) => action === 'ticket.move');
      expect(moves.map(({ by, detail }) => [by.id, detail.to])).to.deep.equal([
        ['kim', 'in_progress'],
        ['kim', 'extended'],
      ]);
      expect((await verifyAudit(desk.audit)).brokenAt).to.equal(null);
    });

    it('is taken, noted on, identified and handed back', async () => {
      const officer = await desk.officer('officer', 'kim');
      const steps = [
        { do: 'assign', to: 'me' },
        { do: 'note', text: 'Ringde tillbaka.\r\nIngen svarade.' },
        { do: 'identify', to: 'verified' },
      ];
      for (const step of steps) {
        const { etag } = await stored();
        expect((await officer.post(path, pressed({ etag, ...step }))).status, step.do).to.equal(303);
      }
      expect((await stored()).ticket).to.include({ assignee: 'kim', identity: 'verified' });
      expect((await stored()).ticket.notes.map(({ text }) => text)).to.deep.equal([
        'Ringde tillbaka.\nIngen svarade.',
      ]);
      expect((await officer.get('/desk?assignee=me')).text).to.include(ticket.number);
      expect((await officer.get('/desk?assignee=nobody')).text).to.not.include(ticket.number);
      const { etag } = await stored();
      await officer.post(path, pressed({ do: 'assign', etag, to: 'nobody' }));
      expect((await stored()).ticket.assignee).to.equal(null);
    });

    it('that has changed meanwhile stays as it is, shows how it is, and keeps what was typed', async () => {
      const [kim, robin] = [await desk.officer('officer', 'kim'), await desk.officer('officer', 'robin')];
      await robin.post(path, pressed({ do: 'note', etag: '1', text: 'Jag tar den här.' }));
      for (const fields of [
        { do: 'note', text: 'Min långa anteckning' },
        { do: 'move', to: 'refused', text: 'Min långa anteckning' },
        { do: 'move', to: 'expired', text: 'Min långa anteckning' },
      ]) {
        const shown = await kim.post(path, pressed({ etag: '1', ...fields }));
        expect(shown.status).to.equal(409);
        expect(shown.text).to.include('Jag tar den här.').and.to.include('role="alert"');
        expect(shown.text.split('Min långa anteckning'), fields.do).to.have.length(2);
        expect(hidden(shown, 'etag')).to.equal('2');
      }
      expect((await stored()).ticket).to.include({ status: 'submitted' });
    });

    it('that two change at once is changed by one of them', async () => {
      const officers = await Promise.all(['kim', 'robin', 'alex'].map((id) => desk.officer('officer', id)));
      const shown = await Promise.all(
        officers.map((officer) => officer.post(path, pressed({ do: 'move', etag: '1', to: 'in_progress' }))),
      );
      expect(shown.map(({ status }) => status).sort()).to.deep.equal([303, 409, 409]);
      expect((await stored()).ticket.history).to.have.length(1);
    });

    it('of the same person and type is offered for a look', async () => {
      const twin = someTicket('twin', { slots: { email: 'ANNA.BERG@example.se' } });
      const ended = someTicket('ended', { status: 'completed' });
      await desk.file(twin, ended, someTicket('else', { type: 'access' }));
      const { text } = await (await desk.officer('reader')).get(path);
      expect(text).to.include(twin.number).and.to.not.include(ended.number);
    });

    it('of a MarketSource end customer has the text of its referral ready, in the language of the person', async () => {
      const customer = someTicket('customer', {
        locale: 'en',
        recipient: { team: 'privacy_office', entity: 'marketsource_client' },
      });
      await desk.file(customer);
      const officer = await desk.officer('officer');
      const at = `/desk/ticket/${customer.number}`;
      expect((await officer.get(at)).text).to.include('MarketSource&#39;s clients');
      const gap = await officer.post(
        at,
        pressed({ do: 'move', etag: '1', to: 'referred', text: 'Ask [name and contact details].' }),
      );
      expect(gap.status).to.equal(422);
      const done = await officer.post(
        at,
        pressed({ do: 'move', etag: '1', to: 'referred', text: 'Ask Example Ltd.' }),
      );
      expect(done.status).to.equal(303);
    });

    it('against marketing is never held up for proof of identity', async () => {
      const optOut = someTicket('opt-out', { type: 'marketing_opt_out' });
      await desk.file(optOut);
      const { text } = await (await desk.officer('officer')).get(`/desk/ticket/${optOut.number}`);
      expect(text).to.not.include('value="move:awaiting_verification"');
      expect(text).to.include('utan att identiteten styrks');
    });

    it('shows the turns that the person sent along, and who filed it when', async () => {
      const filed = someTicket('filed', {
        createdAt: '2026-02-02T10:00:00.000Z',
        filedBy: { role: 'recruiter', reference: 'robin' },
        said: [{ by: 'person', text: 'Ta bort <i>allt</i>.' }],
      });
      await desk.file(filed);
      const { text } = await (await desk.officer('reader')).get(`/desk/ticket/${filed.number}`);
      expect(text)
        .to.include(escapeHtml('Ta bort <i>allt</i>.'))
        .and.to.include('En rekryterare (konto i Teams: robin)')
        .and.to.include('2026-02-02T10:00:00.000Z');
    });

    it('that is not there is told so', async () => {
      const officer = await desk.officer('officer');
      for (const number of ['SA-0000-0000', 'SA-XXXX', '..%2f..%2fetc', '%00', "' OR 1=1"]) {
        const shown = await officer.get(`/desk/ticket/${number}`);
        expect(shown.status, number).to.be.oneOf([400, 404]);
      }
      expect((await officer.post('/desk/ticket/SA-0000-0000', { do: 'note' })).status).to.equal(404);
    });
  });

  describe('the queue', () => {
    it('comes by due date, warns in words as the date nears, and names nobody', async () => {
      const due = {
        far: '2026-02-28',
        soon: '2026-02-27',
        near: '2026-02-23',
        late: '2026-02-19',
        now: '2026-02-20',
      };
      for (const [key, day] of Object.entries(due)) await desk.file(someTicket(key, { due: day }));
      await desk.file(someTicket('done', { due: '2026-02-01', status: 'completed' }));
      const { text } = await (await desk.officer('reader')).get('/desk');
      const badges = [...text.matchAll(/class="due due-(\w+)">.*?<\/span> ([^<]+)</g)].map(
        ([, kind, words]) => [kind, words],
      );
      expect(badges).to.deep.equal([
        ['overdue', 'försenat 1 dag'],
        ['near', 'ska besvaras i dag'],
        ['near', '3 dagar kvar'],
        ['soon', '7 dagar kvar'],
        ['far', '8 dagar kvar'],
        ['far', '10 dagar kvar'],
      ]);
      expect(text).to.not.include('Anna Berg').and.to.not.include('anna.berg@');
    });

    it('is narrowed by state, type, team, officer and lateness', async () => {
      const late = someTicket('late', { due: '2026-02-19' });
      const mine = someTicket('mine', { type: 'access', assignee: 'kim', status: 'in_progress' });
      const ad = someTicket('ad', {
        type: 'marketing_opt_out',
        recipient: { team: 'marketing', entity: 'limited' },
      });
      const ended = someTicket('ended', { status: 'refused' });
      await desk.file(late, mine, ad, ended);
      const kim = await desk.officer('reader', 'kim');
      const shown = async (query: string) => {
        const { text } = await kim.get(`/desk?${query}`);
        return [ticket, late, mine, ad, ended]
          .filter(({ number }) => text.includes(number))
          .map(({ idempotencyKey }) => idempotencyKey);
      };
      expect(await shown('')).to.deep.equal(['first', 'late', 'mine', 'ad']);
      expect(await shown('status=ended')).to.deep.equal(['ended']);
      expect(await shown('status=all&type=erasure')).to.deep.equal(['first', 'late', 'ended']);
      expect(await shown('status=in_progress')).to.deep.equal(['mine']);
      expect(await shown('team=marketing')).to.deep.equal(['ad']);
      expect(await shown('assignee=me')).to.deep.equal(['mine']);
      expect(await shown('overdue=yes')).to.deep.equal(['late']);
      expect(await shown('status=%27;--&type=<x>&team=x&assignee=x&overdue=x&cursor=x.y')).to.deep.equal([
        'first',
        'late',
        'mine',
        'ad',
      ]);
    });

    it('goes on page by page, and believes no cursor that it did not make', async () => {
      for (let each = 0; each < 60; each += 1) await desk.file(someTicket(`many ${each}`));
      const reader = await desk.officer('reader');
      const numbers = (text: string) => new Set(text.match(/\/desk\/ticket\/SA-\w{4}-\w{4}/g));
      const first = await reader.get('/desk?type=erasure');
      const next = /href="([^"]*cursor=[^"]*)"/.exec(first.text)?.[1]?.replaceAll('&#38;', '&') ?? '';
      expect(next).to.include('type=erasure');
      const second = await reader.get(next);
      expect(numbers(first.text).size).to.equal(50);
      expect(numbers(second.text).size).to.equal(11);
      expect(new Set([...numbers(first.text), ...numbers(second.text)]).size).to.equal(61);
      const forged = await reader.get(`/desk?cursor=${Buffer.from('{"x":1}').toString('base64url')}.AAAA`);
      expect(numbers(forged.text).size).to.equal(50);
    });

    it('is in the language that the officer reads, and stays in the one they chose', async () => {
      const reader = await desk.officer('reader');
      expect((await reader.get('/desk')).text).to.include('<html lang="sv">');
      expect((await reader.get('/desk', { 'accept-language': 'en-GB,sv;q=0.5' })).text).to.include(
        '<html lang="en">',
      );
      await reader.get('/desk?lang=en');
      expect((await reader.get(path, { 'accept-language': 'sv' })).text).to.include('<html lang="en">');
    });
  });

  it('shows the figures of all requests as charts and tables that say the same', async () => {
    const answered = (key: string, days: number) =>
      someTicket(key, {
        status: 'completed',
        history: [
          {
            at: new Date(Date.parse('2026-01-31T09:00:00Z') + days * 86_400_000).toISOString(),
            from: 'submitted',
            to: 'completed',
            by: 'kim',
          },
        ],
      });
    await desk.file(answered('a', 3), answered('b', 5), answered('c', 10));
    await desk.file(
      someTicket('late', { due: '2026-02-19', type: 'access' }),
      someTicket('week', { due: '2026-02-26' }),
    );
    const { text } = await (await desk.officer('reader')).get('/desk/figures');
    const facts = [...text.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)<\/dd>/g)].map(([, , value]) => value);
    expect(facts).to.deep.equal(['3', '1', '1', '5']);
    expect(text).to.match(/<svg[^>]*role="img"[^>]*aria-labelledby="by-type-title by-type-desc"/);
    expect(text).to.match(/<th scope="row">Radera uppgifter<\/th><td>2<\/td><td>3<\/td>/);
    expect(text).to.match(/<th scope="row">februari 2026<\/th><td>0<\/td><td>3<\/td>/);
    expect(text).to.not.include('Anna Berg');
  });

  it('shows hostile strings in every field as the text that they are', async () => {
    const hostile = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='alert(1)",
      '</textarea><script>alert(1)</script>',
      '</title><svg onload=alert(1)>',
      '{{constructor.constructor("alert(1)")()}}',
      '$\u007balert(1)}',
      '&lt;b&gt;',
      'javascript:alert(1)',
      '\u202egnp.exe',
      '\n\r\nSet-Cookie: x=1',
      'null',
      '\u0000\u0007',
      '𝕏'.repeat(500),
    ];
    const officer = await desk.officer('administrator', '<i>kim</i>');
    for (const [index, text] of hostile.entries()) {
      const bad = someTicket(`hostile ${index}`, {
        type: 'access',
        slots: { name: text, email: 'anna.berg@example.se', data: text, [text]: text },
        channel: text,
        filedBy: { role: text, reference: text },
        notes: [{ at: ticket.createdAt, by: text, text }],
        said: [{ by: 'person', text }],
        passages: [text],
        assignee: text,
        history: [{ at: ticket.createdAt, from: 'draft', to: 'submitted', by: text, reason: text }],
      });
      await desk.file(bad);
      const at = `/desk/ticket/${bad.number}`;
      for (const shown of [
        await officer.get(at),
        await officer.get('/desk?type=access'),
        await officer.post(at, pressed({ do: 'note', etag: 'old', text })),
        await officer.post(at, pressed({ do: 'move', etag: 'old', to: 'refused', text })),
        await officer.get(`${at}/correct`),
        await officer.post(`${at}/correct`, { etag: text, 'slot-name': text, 'slot-email': text }),
        await officer.post('/desk/new', { type: text, day: text, 'slot-name': text, 'slot-details': text }),
        await officer.post(at, { do: text, etag: text, to: text, text, 'text-note': text }),
        await officer.post('/desk/search', { find: text }),
        await officer.get(`/desk?status=${encodeURIComponent(text)}&cursor=${encodeURIComponent(text)}`),
        await officer.get(`/desk/sign-in?to=${encodeURIComponent(text)}&code=${encodeURIComponent(text)}`),
      ]) {
        expect(shown.status, text).to.be.below(500);
        expect(shown.text, text).to.not.match(/<script|<img|<svg onload|onmouseover='|<i>kim/);
      }
      const { etag } = (await desk.tickets.byId(bad.id)) ?? { etag: '' };
      expect((await officer.post(at, pressed({ do: 'note', etag, text: `${text}!` }))).status).to.equal(303);
    }
    expect(desk.failures).to.deep.equal([]);
  });

  it('says that something failed, and neither what nor about whom', async () => {
    await desk.close();
    const broken = () => Promise.reject(new TypeError('anna.berg@example.se cannot be read'));
    desk = await someDesk({
      tickets: { byId: broken, byNumber: broken, find: broken, count: broken, create: broken },
    });
    const officer = await desk.officer('officer');
    for (const page of [path, '/desk/figures']) {
      const shown = await officer.get(page);
      expect(shown.status).to.equal(500);
      expect(shown.text).to.include('Något gick fel').and.to.not.include('anna.berg');
    }
    expect(desk.failures).to.deep.equal([{ error: 'TypeError' }, { error: 'TypeError' }]);
  });

  it('reads no form that is no UTF-8', async () => {
    const response = await fetch(`${desk.at}/desk/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new Uint8Array([0x63, 0x6f, 0x64, 0x65, 0x3d, 0xff, 0xfe]),
    });
    expect(response.status).to.equal(400);
  });
});
