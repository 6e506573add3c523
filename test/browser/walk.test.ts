/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { type Service, start } from '../../src/service.ts';
import { type MailServer, mailServer } from '../adapters/mail-server.ts';
import { faults } from './axe.ts';
import { chatIn, GREETING } from './chat-page.ts';
import { visitors } from './visitors.ts';

const WORDS = {
  sv: {
    greeting: GREETING,
    question: 'hur länge sparas mitt cv?',
    answer: /Vi lagrar insamlade personuppgifter/,
    wish: 'radera allt ni har om mig',
    name: 'Namn',
    email: 'E-postadress',
    review: 'Granska',
    send: 'Skicka in',
    follow: 'Följ ärendet',
    code: 'Skicka en kod',
    confirm: 'Bekräfta',
    begin: 'Börja arbeta',
    complete: 'Markera som klart',
    done: 'klart',
  },
  en: {
    greeting: /I'm Sekretessassistenten/,
    question: 'how long do you keep my CV?',
    answer: /Vi lagrar insamlade personuppgifter/,
    wish: 'erase everything you have about me',
    name: 'Name',
    email: 'E-mail address',
    review: 'Review',
    send: 'Send',
    follow: 'Follow the request',
    code: 'Send a code',
    confirm: 'Confirm',
    begin: 'Start working',
    complete: 'Mark as completed',
    done: 'done',
  },
} as const;

describe('the walk from a question to an answered request', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'walk-'));
  let mail: MailServer;
  let service: Service;
  let deskLink = '';
  const visitor = visitors();
  before(async () => {
    mail = await mailServer();
    service = await start(
      {
        PORT: '0',
        DATA_DIR: folder,
        RATE_PER_SECOND: '1000',
        RATE_BURST: '1000',
        SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
        MAIL_FROM: 'Dataskydd <dataskydd@example.se>',
      },
      pino({ level: 'info' }, { write: () => undefined }),
      (line) => {
        deskLink = /https?:\S+/.exec(line)?.[0] ?? deskLink;
      },
    );
  });
  after(async () => {
    await service?.stop('test');
    await mail?.close();
    rmSync(folder, { recursive: true });
  });

  const come = async () => (await visitor()).page;
  const url = (path: string) => `http://127.0.0.1:${service.port}${path}`;
  const letterTo = async (address: string, fits: (text: string) => boolean) => {
    for (let tries = 0; tries < 150; tries += 1) {
      const found = mail.taken.filter(({ to }) => to.includes(address)).map(({ raw }) => textOf(raw));
      const letter = found.findLast(fits);
      if (letter) return letter;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('no such letter came');
  };
  let officer: Page | undefined;
  const desk = async () => {
    if (officer) return officer;
    officer = (await visitor({}, true)).page;
    await officer.goto(deskLink);
    await officer.getByRole('main').getByRole('button').click();
    await officer.waitForURL(url('/desk'));
    return officer;
  };

  for (const locale of ['sv', 'en'] as const)
    it(`goes all the way: ${locale}`, async () => {
      const words = WORDS[locale];
      const address = `anna.${locale}@example.se`;
      const page = await come();
      await page.goto(url(`/chat?lang=${locale}`));
      const chat = chatIn(page);
      await chat.hears(words.greeting);
      await chat.say(words.question);
      await chat.hears(words.answer);
      await chat.say(words.wish);
      const form = chat.transcript;
      await form.getByLabel(words.name).last().fill('Anna Berg');
      await form.getByLabel(words.email).last().fill(address);
      await form.getByRole('button', { name: words.review }).last().click();
      await form.getByRole('button', { name: words.send, exact: true }).last().click();
      const opened = page.context().waitForEvent('page');
      await form.getByRole('button', { name: words.follow }).last().click();
      const own = await opened;
      const number = /SA-\w{4}-\w{4}/.exec((await own.getByRole('main').textContent()) ?? '')?.[0] ?? '';
      expect(await faults(own), 'the ticket’s page').to.deep.equal([]);
      expect(await own.getByRole('main').textContent()).to.not.include('Anna');

      const receipt = await letterTo(address, (text) => text.includes(number));
      expect(receipt).to.not.include('Anna Berg');
      await own.getByRole('button', { name: words.code }).click();
      const code = /\b\d{6}\b/.exec(
        await letterTo(address, (text) => /^\d{6}$/m.test(text) || / \d{6}\b/.test(text)),
      )?.[0];
      await own.locator('input[name="code"]').fill(code ?? '');
      await own.getByRole('button', { name: words.confirm }).click();
      await own.getByText('Anna Berg').waitFor();
      expect(await faults(own), 'the confirmed page').to.deep.equal([]);

      const officerPage = await desk();
      await officerPage.goto(url(`/desk/ticket/${number}?lang=${locale}`));
      expect(await officerPage.getByRole('main').textContent()).to.include('Anna Berg');
      expect(await faults(officerPage), 'the ticket at the desk').to.deep.equal([]);
      await officerPage.getByRole('button', { name: words.begin }).click();
      const end = officerPage.locator('details', { hasText: words.complete }).first();
      await end.locator('summary').click();
      await end.getByRole('button').click();
      await letterTo(
        address,
        (text) => text.includes(number) && text.toLowerCase().includes(words.done) && text !== receipt,
      );
      await own.reload();
      expect(((await own.getByRole('main').textContent()) ?? '').toLowerCase()).to.include(words.done);
    });
});

/** The plain text of a message: its first part, with quoted-printable undone. */
function textOf(raw: string): string {
  const [, part = ''] = raw.split(/Content-Type: text\/plain[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n/);
  const bytes = (part.split(/\r?\n--/)[0] ?? '')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
