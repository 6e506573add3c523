import { expect } from 'chai';
import type { AuditEvent } from '../../src/tickets/audit.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { type Browser, type Desk, type Shown, someDesk } from './some-desk.ts';

describe('the page of the audit log', () => {
  let desk: Desk;
  let administrator: Browser;
  const ticket = someTicket('first');
  beforeEach(async () => {
    desk = await someDesk();
    administrator = await desk.officer('administrator', 'kim');
    await desk.file(ticket);
  });
  afterEach(() => desk.close());
  const note = (changes: Partial<AuditEvent>) =>
    desk.audit.append({
      at: '2026-02-20T08:00:00.000Z',
      by: { id: 'kim', role: 'officer' },
      action: 'ticket.look',
      ticketId: ticket.id,
      detail: {},
      ...changes,
    });
  const rows = (page: Shown) =>
    [...page.text.matchAll(/<tr>\n<th scope="row">(\d+)<\/th>\n(.*?)<\/tr>/gs)].map(
      ([, seq, cells = '']) =>
        [Number(seq), ...[...cells.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell]) => cell)] as const,
    );
  const link = (page: Shown, text: string) =>
    new RegExp(`<a href="([^"]+)">${text}</a>`).exec(page.text)?.[1];

  it('begins with the newest entries and goes to the older ones and back', async () => {
    for (let each = 0; each < 250; each += 1) await note({});
    const places = (page: Shown) => rows(page).map(([seq]) => seq);
    const first = await administrator.get('/desk/audit');
    expect(places(first)).to.deep.equal(Array.from({ length: 100 }, (_, index) => 251 - index));
    expect(link(first, 'Nyare')).to.equal(undefined);
    const second = await administrator.get(link(first, 'Äldre') ?? '');
    expect([places(second)[0], places(second).at(-1)]).to.deep.equal([151, 52]);
    const third = await administrator.get(link(second, 'Äldre') ?? '');
    expect([places(third)[0], places(third).at(-1)]).to.deep.equal([51, 1]);
    expect(link(third, 'Äldre')).to.equal(undefined);
    const back = await administrator.get(link(third, 'Nyare') ?? '');
    expect(places(back)).to.deep.equal(places(second));
    const newest = await administrator.get(link(back, 'Nyare') ?? '');
    expect(places(newest)[0]).to.be.at.least(251);
    expect(link(await administrator.get('/desk/audit?after=254'), 'Nyare'), 'at the newest').to.equal(
      undefined,
    );
    for (const odd of ['before=x', 'before=-1', 'after=1e99', 'before=0', 'after='])
      expect((await administrator.get(`/desk/audit?${odd}`)).status, odd).to.equal(200);
  });

  it('says which ticket each entry is about, by its number where it is still there', async () => {
    await note({});
    await note({ ticketId: 'purged-long-ago' });
    await note({ action: 'retention.purge', ticketId: null, by: { id: 'retention', role: 'system' } });
    const [, purge, gone, look] = rows(await administrator.get('/desk/audit'));
    expect(look?.[4]).to.equal(`<a href="/desk/ticket/${ticket.number}">${ticket.number}</a>`);
    expect(gone?.[4]).to.equal('purged-long-ago');
    expect(purge?.[4]).to.equal('');
  });

  it('is shown where a ticket that an entry is about cannot be read', async () => {
    await desk.close();
    const byId = () => Promise.reject(new SyntaxError('damaged'));
    desk = await someDesk({ tickets: { ...desk.tickets, byId } });
    administrator = await desk.officer('administrator', 'robin');
    await note({});
    const page = await administrator.get('/desk/audit');
    expect(page.status).to.equal(200);
    expect(page.text).to.include(`<td>${ticket.id}</td>`);
  });

  it('tells in words what was done, by whom and in which role', async () => {
    const told: [Partial<AuditEvent>, string, string, string][] = [
      [{}, 'kim (handläggare)', 'Tittade på ärendet', ''],
      [
        { action: 'ticket.list', ticketId: null, detail: { found: 46 } },
        'kim (handläggare)',
        'Tog fram ärenden',
        'antal: 46',
      ],
      [
        { action: 'ticket.list', detail: { found: 1, searched: 'email', numbers: ticket.number } },
        'kim (handläggare)',
        'Tog fram ärenden',
        `antal: 1, sökte på: e-postadress, ärenden: ${ticket.number}`,
      ],
      [
        { action: 'ticket.move', detail: { from: 'submitted', to: 'in_progress' } },
        'kim (handläggare)',
        'Flyttade ärendet',
        'från: Nytt, till: Under arbete',
      ],
      [
        { action: 'ticket.assign', detail: { to: '' } },
        'kim (handläggare)',
        'Ändrade handläggare',
        'till: Ingen',
      ],
      [
        {
          action: 'ticket.amend',
          by: { id: ticket.number, role: 'person' },
          detail: { slots: 'name,email' },
        },
        'Personen',
        'Ändrade uppgifter',
        'uppgifter: namn, e-postadress',
      ],
      [
        { action: 'ticket.file', by: { id: 'api:hr', role: 'api' }, detail: { type: 'erasure' } },
        'hr (program)',
        'Registrerade ärendet',
        'begäran: Radera uppgifter',
      ],
      [
        {
          action: 'mail.given_up',
          by: { id: 'mail', role: 'system' },
          detail: { kind: 'mail.receipt', why: '550' },
        },
        'Tjänsten',
        'Ett mejl kom inte fram',
        'brev: kvitto, skäl: 550',
      ],
      [{ action: 'new.thing', detail: { odd: 'x' } }, 'kim (handläggare)', 'new.thing', 'odd: x'],
    ];
    for (const [event] of told) await note(event);
    const shown = rows(await administrator.get('/desk/audit'))
      .slice(1)
      .reverse();
    expect(shown.map(([, , who, what, , more]) => [who, what, more])).to.deep.equal(
      told.map(([, ...words]) => words),
    );
  });

  it('has a word for everything that the desk itself writes into it', async () => {
    await administrator.get('/desk');
    await administrator.get(`/desk/ticket/${ticket.number}`);
    await administrator.post('/desk/search', { find: 'anna.berg@example.se' });
    await administrator.get('/desk/search');
    await administrator.get('/desk/audit?before=9');
    const { text } = await administrator.get('/desk/audit');
    expect(text).to.not.match(
      /ticket\.|audit\.|desk\.(?!css)|\(officer\)|\(administrator\)|found:|searched:/,
    );
  });

  it('promises no more than the log can hold', async () => {
    const { text } = await administrator.get('/desk/audit');
    expect(text).to.include('Att de sista posterna har klippts av märks bara').and.to.include('--last');
  });
});
