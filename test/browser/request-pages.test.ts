/// <reference lib="dom" />
import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { type RequestDesk, requestDesk } from '../adapters/request-desk.ts';
import { faults } from './axe.ts';
import { visitors } from './visitors.ts';

/** What stands on the buttons, by the language of the pages. */
const WORDS = {
  sv: {
    lang: '',
    review: 'Granska',
    send: 'Skicka in',
    code: 'Skicka en kod',
    confirm: 'Bekräfta',
    amend: 'Ändra',
  },
  en: {
    lang: '?lang=en',
    review: 'Review',
    send: 'Send',
    code: 'Send a code',
    confirm: 'Confirm',
    amend: 'Change',
  },
} as const;

describe('the request pages in a browser', function () {
  this.timeout(180_000);
  let desk: RequestDesk;
  const visitor = visitors();
  beforeEach(async () => {
    desk = await requestDesk();
  });
  afterEach(async () => {
    await desk.close();
    expect(desk.failures).to.deep.equal([]);
  });
  const come = async (path: string, options: BrowserContextOptions = {}) => {
    const { page } = await visitor(options);
    await page.goto(new URL(path, desk.at).href);
    return page;
  };

  for (const [locale, colorScheme] of [
    ['sv', 'light'],
    ['en', 'dark'],
  ] as const)
    it(`go from a wish to a request taken back, without a fault that axe finds, ${locale} and ${colorScheme}`, async () => {
      const words = WORDS[locale];
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
      const page = await come(`/request${words.lang}`, { colorScheme });
      const isClean = async (place: string) => {
        expect(await page.locator('html').getAttribute('lang')).to.equal(locale);
        expect(await faults(page, 'best-practice'), place).to.deep.equal([]);
      };
      await isClean('the choice');
      await page.locator('a[href^="/request/new/erasure"]').click();
      await isClean('the empty form');
      // The return key reviews: it does not press the button for the other language, which stands before it.
      await page.locator('#field-email').fill('anna@');
      await page.keyboard.press('Enter');
      await page.locator('#faults:focus').waitFor();
      await isClean('the form with faults');
      await page.locator('#faults a[href="#field-name"]').click();
      await page.locator('#field-name:focus').waitFor();
      await page.keyboard.type('Anna Berg');
      await page.locator('#field-email').fill('anna.berg@example.se');
      await page.locator('#field-relation').selectOption('candidate');
      await page.locator('#field-data').fill('mitt gamla cv');
      await press(words.review);
      await isClean('the summary');
      await press(words.send);
      await page
        .getByText(/SA-\w{4}-\w{4}/)
        .first()
        .waitFor();
      await isClean('the ticket');
      await press(words.code);
      await isClean('the code');
      await page.locator('#field-code').fill('12');
      await press(words.confirm);
      await isClean('a wrong code');
      const id = desk.sent.at(-1) ?? '';
      await page.locator('#field-code').fill(await desk.codeOf(id, 'link'));
      await press(words.confirm);
      await page.getByText('mitt gamla cv').waitFor();
      await isClean("the owner's ticket");
      await page.getByRole('link', { name: words.amend, exact: true }).click();
      await page.locator('#field-data').fill('allt');
      await isClean('the change');
      await page.locator('.actions button[value="save"]').click();
      await page.getByText('allt', { exact: true }).waitFor();
      desk.setClock('2026-01-31T09:20:00Z');
      await page.locator('a[href$="/withdraw"]').click();
      await isClean('the question before it is taken back');
      await page.locator('form button').click();
      expect((await desk.parts.tickets.byId(id))?.ticket.status).to.equal('withdrawn');
      await isClean('the ticket taken back');
      await page.goto(new URL(`/request/find${words.lang}`, desk.at).href);
      await isClean('finding it again');
      await page.locator('#field-number').fill('SA');
      await press(words.code);
      await isClean('finding it again with faults');
      await page.locator('#field-number').fill('SA-7K3M-9QXP');
      await page.locator('#field-email').fill('anna.berg@example.se');
      await press(words.code);
      await page.locator('#field-code').waitFor();
      await isClean('the code that finds it');
      const other = locale === 'sv' ? 'en' : 'sv';
      await page.locator('.language').click();
      await page.locator(`html[lang="${other}"] #field-code`).waitFor();
      expect(await page.getByRole('main').textContent()).to.include('SA-7K3M-9QXP');
      expect(page.url()).to.not.match(/anna|berg|example/);
    });

  it('work without JavaScript, on a page 320 pixels wide, with the day passed', async () => {
    const page = await come('/request/new/access', {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 640 },
    });
    const fits = async (place: string) => {
      const box = await page.locator('main').boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999), place).to.be.at.most(320);
      const widths = await page
        .locator('main *:visible')
        .evaluateAll((all) =>
          all.map((each) => Math.round(each.getBoundingClientRect().right)).filter((right) => right > 320),
        );
      expect(widths, place).to.deep.equal([]);
    };
    await fits('the empty form');
    await page.getByRole('button', { name: 'Granska' }).click();
    await fits('the form with faults');
    await page.getByLabel('Namn').fill(`Anna ${'Lång'.repeat(40)}`);
    await page.getByLabel('E-postadress').fill('anna.berg@example.se');
    await page.getByRole('button', { name: 'Granska' }).click();
    await fits('the summary');
    await page.getByRole('button', { name: 'Skicka in' }).click();
    await page.waitForURL(/told=sent/);
    desk.setClock('2026-04-01T09:00:00Z');
    await page.reload();
    await page.getByRole('button', { name: 'Skicka en kod' }).click();
    const id = desk.sent.at(-1) ?? '';
    await page.getByLabel('Kod').fill(await desk.codeOf(id, 'link'));
    await page.getByRole('button', { name: 'Bekräfta' }).click();
    await page.getByLabel('Klagomål att kopiera').waitFor();
    await fits("the owner's ticket with the complaint");
  });
});
