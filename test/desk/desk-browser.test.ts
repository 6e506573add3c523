/// <reference lib="dom" />
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { staticFiles } from '../../src/adapters/http/static-files.ts';
import { WEB } from '../../src/paths.ts';
import { faults } from '../browser/axe.ts';
import { openBrowser, type Visit, visit } from '../browser/chromium.ts';
import { someTicket } from '../tickets/some-ticket.ts';
import { type Desk, someDesk } from './some-desk.ts';

describe('the desk in a browser', function () {
  this.timeout(180_000);
  let browser: Browser;
  let desk: Desk;
  let visitor: Visit;
  const ticket = someTicket('first', {
    due: '2026-02-22',
    passages: ['rights-1'],
    said: [{ by: 'person', text: 'Ta bort allt.' }],
    notes: [{ at: '2026-02-01T09:00:00.000Z', by: 'kim', text: 'Ringde.' }],
  });
  const path = `/desk/ticket/${ticket.number}`;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    const files = staticFiles(WEB);
    desk = await someDesk({ files }, null, files.routes);
    await desk.file(
      ticket,
      someTicket('twin', { due: '2026-02-10' }),
      someTicket('soon', { due: '2026-02-26', type: 'access' }),
      someTicket('far', { due: '2026-03-20', type: 'complaint', locale: 'en' }),
      someTicket('done', { status: 'completed' }),
    );
  });
  afterEach(async () => {
    await visitor?.leave();
    await desk.close();
    // That an answer says no is what is tried; everything else would be a fault.
    const complaints = visitor.complaints.filter((each) => !/status of 4\d\d/.test(each));
    expect(complaints, 'complaints of the page').to.deep.equal([]);
    expect(visitor.outside, 'requests to other hosts').to.deep.equal([]);
  });

  /** Comes by the link on the console, as somebody without JavaScript. */
  const enter = async (options: object): Promise<Page> => {
    visitor = await visit(browser, { javaScriptEnabled: false, ...options });
    const { page } = visitor;
    await page.goto(`${desk.at}/desk`);
    await page.getByRole('button').click();
    await page.goto(`${desk.at}${desk.printed[0]}`);
    await page.getByRole('main').getByRole('button').click();
    await page.waitForURL(`${desk.at}/desk`);
    return page;
  };

  it('takes an officer from the link on the console to a refused request, without JavaScript', async () => {
    const page = await enter({});
    await page.getByRole('link', { name: ticket.number }).click();
    await page.getByRole('button', { name: 'Börja arbeta' }).click();
    await page.getByRole('status').getByText('Klart').waitFor();
    await page.getByLabel('Ny anteckning').fill('Ringde <b>igen</b>.');
    await page.getByRole('button', { name: 'Spara anteckningen' }).click();
    await page.getByText('Ringde <b>igen</b>.').waitFor();
    await page.getByRole('group').getByText('Avslå begäran', { exact: true }).first().click();
    const form = page.locator('details', { hasText: 'Avslå begäran' }).first();
    await form.getByLabel('Skälen').fill('Lagen kräver att vi sparar dem.');
    await form.getByRole('button').click();
    await page.getByText('Ärendet är avslutat').waitFor();
    expect((await desk.tickets.byId(ticket.id))?.ticket).to.include({ status: 'refused' });
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.getByRole('heading', { name: 'Du är utloggad' }).waitFor();
    await page.goto(`${desk.at}${path}`);
    expect(await page.content()).to.not.include('Anna Berg');
  });

  it('sends no reason that is missing, and keeps what was typed when the request has changed', async () => {
    const page = await enter({});
    await page.goto(`${desk.at}${path}`);
    const open = page.locator('details', { hasText: 'Avslå begäran' }).first();
    await open.locator('summary').click();
    await open.getByRole('button').click();
    expect((await desk.tickets.byId(ticket.id))?.etag).to.equal('1');
    await open.getByLabel('Skälen').fill('Mina skäl');
    await desk.tickets.update({ ...ticket, assignee: 'robin' }, '1', []);
    await open.getByRole('button').click();
    await page.getByRole('alert').waitFor();
    expect(await open.getByLabel('Skälen').inputValue()).to.equal('Mina skäl');
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`has no fault of accessibility that axe finds, ${colorScheme}`, async () => {
      const page = await enter({ colorScheme, javaScriptEnabled: true });
      const pages = [
        '/desk',
        '/desk?assignee=me',
        '/desk?status=ended',
        '/desk/search',
        path,
        `${path}?lang=en`,
        `${path}/correct`,
        '/desk/new',
        `${path}/export/drp`,
        '/desk/figures',
        '/desk/audit',
        '/desk/ticket/SA-0000-0000',
        `/desk/sign-in?code=${'A'.repeat(43)}`,
      ];
      for (const each of pages) {
        await page.goto(`${desk.at}${each}`);
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });
        expect(await faults(page), each).to.deep.equal([]);
      }
    });

  it('fits into a window of 320 pixels', async () => {
    const page = await enter({ viewport: { width: 320, height: 640 }, javaScriptEnabled: true });
    for (const each of ['/desk', path, `${path}/correct`, '/desk/new', '/desk/figures', '/desk/audit']) {
      await page.goto(`${desk.at}${each}`);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, each).to.equal(0);
    }
  });
});
