import { expect } from 'chai';
import { officerNamesIn } from '../../src/adapters/desk/officer-names.ts';
import { officeOf } from '../../src/tickets/office.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import type { TicketStore } from '../../src/tickets/ticket-store.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { type Browser, type Desk, type Shown, someDesk } from './some-desk.ts';

/** A link of a page, by its text. */
function linkOf(page: Shown, text: string): string | null {
  const found = [...page.text.matchAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].find(([, , label]) =>
    label?.replace(/<[^>]*>/g, '').includes(text),
  );
  return found?.[1]?.replaceAll('&#38;', '&') ?? null;
}

function numbersOf(page: Shown): string[] {
  return [...page.text.matchAll(/<th scope="row"><a href="\/desk\/ticket\/([^"]+)"/g)].map(
    ([, number]) => number ?? '',
  );
}

function badgesOf(page: Shown): (readonly [string, string, string])[] {
  return [...page.text.matchAll(/class="due due-(\w+)"><span aria-hidden="true">(.)<\/span> ([^<]+)</gu)].map(
    ([, kind = '', mark = '', words = '']) => [kind, mark, words] as const,
  );
}

describe('the queue of the desk', () => {
  let desk: Desk;
  let reader: Browser;
  beforeEach(async () => {
    desk = await someDesk();
    reader = await desk.officer('reader', 'kim');
  });
  afterEach(() => desk.close());
  const details = async (action: string) =>
    (await desk.audit.read(0, 1000)).filter((entry) => entry.action === action).map(({ detail }) => detail);

  describe('what is urgent', () => {
    const fresh = { receivedAt: '2026-02-20T07:30:00.000Z', due: '2026-03-24' };
    const urgent: Partial<Ticket>[] = [
      { type: 'security_incident', ...fresh },
      { type: 'withdraw_consent', ...fresh, receivedAt: '2026-02-18T07:30:00.000Z', due: '2026-03-18' },
      { type: 'child_data', ...fresh, due: '2026-02-19' },
    ];
    beforeEach(async () => {
      for (const [index, changes] of urgent.entries())
        await desk.file(someTicket(`urgent ${index}`, changes));
      await desk.file(
        someTicket('calm', { due: '2026-03-20' }),
        someTicket('done', { type: 'security_incident', status: 'completed' }),
      );
    });

    it('says so in front of its date, in a shape of its own, and is near after a day', async () => {
      expect(badgesOf(await reader.get('/desk'))).to.deep.equal([
        ['overdue', '⚑', 'genast, försenat 1 dag'],
        ['near', '⚑', 'genast, 26 dagar kvar'],
        ['far', '○', '28 dagar kvar'],
        ['soon', '⚑', 'genast, 32 dagar kvar'],
      ]);
    });

    it('is a link above the table with its count, whatever else is shown', async () => {
      const page = await reader.get('/desk?status=ended');
      const link = linkOf(page, 'Brådskande (3)');
      expect(link).to.equal('/desk?urgent=yes');
      const shown = await reader.get(link ?? '');
      expect(numbersOf(shown)).to.have.length(3);
      expect(shown.text).to.match(/name="urgent" type="checkbox" value="yes" checked/);
      expect(numbersOf(await reader.get('/desk?urgent=yes&type=child_data'))).to.have.length(1);
      expect(numbersOf(await reader.get('/desk?urgent=yes&type=erasure'))).to.deep.equal([]);
      expect(numbersOf(await reader.get('/desk?urgent=yes&status=ended'))).to.have.length(1);
    });
  });

  it('tells how long those have waited who are promised no date', async () => {
    const wish = (at: string) => ({ type: 'human_contact', due: null, receivedAt: at });
    await desk.file(
      someTicket('a', wish('2026-02-20T08:00:00.000Z')),
      someTicket('b', wish('2026-02-19T22:30:00.000Z')),
      someTicket('c', wish('2026-02-17T08:00:00.000Z')),
      someTicket('d', { ...wish('2026-02-17T08:00:00.000Z'), status: 'withdrawn' }),
    );
    const { text } = await reader.get('/desk?status=all');
    const ages = [...text.matchAll(/class="age">([^<]+)</g)].map(([, words]) => words).sort();
    expect(ages).to.deep.equal(['kom in för 3 dagar sedan', 'kom in i dag', 'kom in i går']);
  });

  it('lists colleagues by name and is narrowed to one of them', async () => {
    const names = officerNamesIn(desk.documents, () => desk.now.date);
    await names.remember({ id: 'zed', name: 'Åsa <Ek>', role: 'officer' });
    await names.remember({ id: 'any', name: 'Robin Ny', role: 'officer' });
    const hers = someTicket('hers', { assignee: 'zed' });
    const his = someTicket('his', { assignee: 'any' });
    await desk.file(hers, his, someTicket('free'));
    const all = await reader.get('/desk');
    const options = [...all.text.matchAll(/<option value="(is:[^"]*)"[^>]*>([^<]*)</g)].map(
      ([, value, name]) => [value, name],
    );
    expect(options).to.deep.equal([
      ['is:any', 'Robin Ny'],
      ['is:zed', 'Åsa &#60;Ek&#62;'],
    ]);
    const shown = await reader.get('/desk?assignee=is%3Azed');
    expect(numbersOf(shown)).to.deep.equal([hers.number]);
    expect(shown.text).to.include('<option value="is:zed" selected>');
    expect(numbersOf(await reader.get('/desk?assignee=is:any'))).to.deep.equal([his.number]);
    expect(numbersOf(await reader.get('/desk?assignee=is:gone'))).to.have.length(3);
  });

  it('goes on and back page by page, and says how many there are', async () => {
    for (let each = 0; each < 120; each += 1) await desk.file(someTicket(`many ${each}`));
    await desk.file(someTicket('else', { type: 'access' }));
    const first = await reader.get('/desk?type=erasure');
    expect(first.text).to.include('50 av 120 ärenden visas.');
    expect(linkOf(first, 'Föregående')).to.equal(null);
    const second = await reader.get(linkOf(first, 'Nästa sida') ?? '');
    const third = await reader.get(linkOf(second, 'Nästa sida') ?? '');
    expect(third.text).to.include('20 av 120 ärenden visas.');
    expect(linkOf(third, 'Nästa sida')).to.equal(null);
    const secondAgain = await reader.get(linkOf(third, 'Föregående') ?? '');
    expect(numbersOf(secondAgain)).to.deep.equal(numbersOf(second));
    const firstAgain = await reader.get(linkOf(secondAgain, 'Föregående') ?? '');
    expect(numbersOf(firstAgain)).to.deep.equal(numbersOf(first));
    expect(linkOf(firstAgain, 'Föregående')).to.equal(null);
    expect(linkOf(third, 'Till början')).to.equal('/desk?type=erasure');
    expect(new Set([first, second, third].flatMap(numbersOf)).size).to.equal(120);
  });

  it('says how many tickets of a page cannot be read, and shows the others', async () => {
    await desk.close();
    const { tickets } = desk;
    const office = officeOf(
      { ...tickets, find: async (query) => ({ ...(await tickets.find(query)), unreadable: 2 }) },
      desk.audit,
      () => desk.now.date,
    );
    await tickets.create(someTicket('a'), []);
    desk = await someDesk({ office, tickets });
    const page = await (await desk.officer('reader')).get('/desk');
    expect(page.text).to.include('som inte går att läsa (2)');
    expect(numbersOf(page)).to.have.length(1);
  });

  it('goes to its beginning where everything on a page has gone elsewhere', async () => {
    const all = Array.from({ length: 51 }, (_, each) => someTicket(`many ${each}`));
    await desk.file(...all);
    const next = linkOf(await reader.get('/desk'), 'Nästa sida') ?? '';
    for (const each of all) await desk.tickets.update({ ...each, status: 'completed' }, '1', []);
    expect((await reader.get(next)).to).to.equal('/desk');
  });

  it('remembers its filter and page on the way to a ticket and back, and in the other language', async () => {
    for (let each = 0; each < 60; each += 1) await desk.file(someTicket(`many ${each}`));
    const first = await reader.get('/desk?type=erasure&assignee=nobody');
    const second = await reader.get(linkOf(first, 'Nästa sida') ?? '');
    const [number] = numbersOf(second);
    const ticket = await reader.get(`/desk/ticket/${number}`);
    const back = linkOf(ticket, 'Ärenden') ?? '';
    expect(back).to.include('type=erasure&assignee=nobody&cursor=');
    expect(numbersOf(await reader.get(back))).to.deep.equal(numbersOf(second));
    const english = await reader.get(linkOf(second, 'In English') ?? '');
    expect(english.text).to.include('<html lang="en">').and.to.include('Showing 10 of 60 requests.');
    expect(numbersOf(english)).to.deep.equal(numbersOf(second));
    await reader.get('/desk');
    expect(linkOf(await reader.get('/desk/figures'), 'Requests')).to.equal('/desk');
    const other = await desk.officer('reader', 'robin');
    expect(linkOf(await other.get('/desk/figures'), 'Ärenden'), 'of another session').to.equal('/desk');
  });

  it('shows what ended last first, with the time of its end', async () => {
    const ended = (key: string, at: string, due: string) =>
      someTicket(key, {
        status: 'refused',
        due,
        history: [{ at, from: 'submitted', to: 'refused', by: 'kim' }],
      });
    const [old, fresh, middle] = [
      ended('old', '2026-01-05T10:00:00.000Z', '2026-03-01'),
      ended('fresh', '2026-02-19T10:00:00.000Z', '2026-01-01'),
      ended('middle', '2026-02-01T10:00:00.000Z', '2026-02-01'),
    ];
    await desk.file(old, fresh, middle, someTicket('open'));
    for (const status of ['ended', 'refused']) {
      const page = await reader.get(`/desk?status=${status}`);
      expect(numbersOf(page), status).to.deep.equal([fresh, middle, old].map(({ number }) => number));
      expect(page.text).to.include('Avslutat</th>').and.to.include('datetime="2026-02-19T10:00:00.000Z"');
    }
  });

  describe('the search', () => {
    const ticket = someTicket('first', {
      slots: { name: 'Anna Berg', email: 'anna.berg@example.se', phone: '+46701740605' },
    });
    const twin = someTicket('twin', { type: 'access', slots: { ...ticket.slots } });
    const path = `/desk/ticket/${ticket.number}`;
    beforeEach(() => desk.file(ticket, someTicket('other', { slots: { email: 'bo@example.se' } })));
    const search = async (find: string) => {
      const sent = await reader.post('/desk/search', { find });
      expect([sent.status, sent.to], find).to.deep.equal([303, '/desk/search']);
      return reader.get('/desk/search');
    };

    it('goes straight to the only ticket there is, by number, address or phone', async () => {
      const part = ticket.number.slice(3, 7);
      for (const find of [
        ` ${ticket.number.toLowerCase()} `,
        ticket.number.slice(3),
        `sa-${part.toLowerCase()}`,
        part,
        ticket.number.slice(-4),
        'Anna.Berg@example.se',
        '070-174 06 05',
        '+46 70 174 06 05',
      ])
        expect((await search(find)).to, find).to.equal(path);
    });

    it('shows several on a page that can be come back to and searched on from, with no address in an address', async () => {
      await desk.file(twin);
      for (const find of ['anna.berg@example.se', '0701740605']) {
        for (const page of [await search(find), await reader.get('/desk/search')]) {
          expect(page.status).to.equal(200);
          expect(new Set(numbersOf(page))).to.deep.equal(new Set([ticket.number, twin.number]));
          expect(page.text).to.include(`name="find" type="search" value="${find}"`);
          expect(page.text).to.include('2 ärenden hittades.');
          expect(page.text).to.not.match(/(?:href|action)="[^"]*(?:@|0701)/);
        }
      }
      expect((await (await desk.officer('reader', 'robin')).get('/desk/search')).text).to.not.include('anna');
    });

    it('says how many of what it has found cannot be read, whatever is searched for', async () => {
      const { tickets, audit } = desk;
      await desk.close();
      const find: TicketStore['find'] = async (query) => {
        const page = await tickets.find(query);
        const readable = page.tickets.filter((each) => each.ticket.id !== ticket.id);
        return { ...page, tickets: readable, unreadable: page.tickets.length - readable.length };
      };
      const damaged: TicketStore = {
        ...tickets,
        find,
        byNumber: async (number) => {
          const found = await tickets.byNumber(number);
          if (found?.ticket.id === ticket.id) throw new SyntaxError('damaged');
          return found;
        },
      };
      await tickets.create(twin, []);
      desk = await someDesk({ tickets: damaged, office: officeOf(damaged, audit, () => desk.now.date) });
      reader = await desk.officer('reader');
      for (const [query, readable] of [
        [ticket.number, []],
        ['anna.berg@example.se', [twin.number]],
      ] as const) {
        const page = await search(query);
        expect([page.status, numbersOf(page)], query).to.deep.equal([200, readable]);
        expect(page.text, query).to.include('som inte går att läsa (1)');
        expect(page.text, query).to.not.include('Inget ärende hittades');
      }
      expect((await reader.get('/desk/figures')).text).to.include('inte är medräknade: 1.');
    });

    it('finds nothing by what cannot be searched for, and says what can', async () => {
      for (const find of [
        '',
        'Anna Berg',
        'anna',
        '%',
        '___',
        "' OR 1=1 --",
        'SA-0000-0000',
        'anna@example.se',
      ]) {
        const page = await search(find);
        expect([page.status, numbersOf(page)], find).to.deep.equal([200, []]);
        expect(page.text, find).to.include('På namn går det inte att söka.');
      }
    });

    it('leaves in the audit log which tickets were found, never for whom', async () => {
      await desk.file(twin);
      await search('anna.berg@example.se');
      await search('0701740605');
      await search('nobody@example.se');
      const [email, phone, none] = await details('ticket.list');
      for (const [detail, searched] of [
        [email, 'email'],
        [phone, 'phone'],
      ] as const) {
        expect(detail).to.include({ found: 2, searched });
        expect(detail?.numbers).to.include(ticket.number).and.to.include(twin.number);
      }
      expect(none).to.deep.equal({ found: 0, searched: 'email' });
      expect(JSON.stringify(await desk.audit.read(0, 100))).to.not.match(/anna|example\.se|0701|4670/i);
    });

    it('is not done by looking at a ticket, whose similar ones belong to it', async () => {
      await desk.file(someTicket('again', { slots: { ...ticket.slots } }));
      await reader.get(path);
      expect(await details('ticket.list')).to.deep.equal([]);
      expect(await details('ticket.look')).to.have.length(1);
    });
  });
});
