/// <reference lib="dom" />
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { ROOT } from '../src/paths.ts';
import { start } from '../src/service.ts';
import { type Chat, openChat } from '../test/browser/chat-page.ts';
import { openBrowser, visit } from '../test/browser/chromium.ts';

// Makes docs/images/*.png: what people see, in its main states.
const IMAGES = join(ROOT, 'docs', 'images');
const desk = { viewport: { width: 1280, height: 860 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

mkdirSync(IMAGES, { recursive: true });
const KEY = 'a-key-for-pictures-of-forty-characters-00';
let deskLink = '';
const folder = mkdtempSync(join(tmpdir(), 'screenshots-'));
const service = await start(
  {
    PORT: '0',
    DATA_DIR: folder,
    RATE_PER_SECOND: '1000',
    RATE_BURST: '1000',
    API_KEYS: `pictures:officer:${createHash('sha256').update(KEY).digest('hex')}`,
  },
  pino({ level: 'info' }, { write: () => undefined }),
  (line) => {
    deskLink = /https?:\S+/.exec(line)?.[0] ?? deskLink;
  },
);
const at = `http://127.0.0.1:${service.port}`;
const browser = await openBrowser();
try {
  await picture('careers', desk, async () => {});
  await picture('answer', desk, async (page) => ask(await openChat(page)));
  await picture('answer-dark', { ...desk, colorScheme: 'dark' }, async (page) => ask(await openChat(page)));
  await picture('answer-phone', phone, async (page) => ask(await openChat(page)));
  await picture('request', desk, async (page) => request(await openChat(page)));
  await picture('summary', desk, async (page) => {
    const chat = await openChat(page);
    await summary(chat);
  });
  await picture('receipt', desk, async (page) => {
    const chat = await openChat(page);
    await summary(chat);
    await chat.say('ja');
    await chat.hears(/SA-\w{4}-\w{4}/);
  });
  await picture('notice', desk, async (page) => {
    await page.goto(`${at}/notice#retention-2`);
  });
  await picture('form', desk, async (page) => {
    await page.goto(`${at}/request/new/erasure`);
    await page.locator('#field-name').fill('Anna Berg');
    await page.locator('#field-email').fill('anna@example.se');
    await page.locator('#field-data').fill('Mitt gamla cv och anteckningarna från intervjun');
    await page.evaluate(() => window.scrollTo(0, 0));
  });
  const number = await seed();
  const officer = await visit(browser, { reducedMotion: 'reduce', ...desk });
  await signIn(officer.page);
  await shoot(officer.page, 'desk');
  await officer.page.goto(`${at}/desk/ticket/${number}`);
  await shoot(officer.page, 'desk-ticket');
  await officer.leave();
} finally {
  await browser.close();
  await service.stop('screenshots');
  rmSync(folder, { recursive: true });
}

async function picture(name: string, options: BrowserContextOptions, show: (page: Page) => Promise<void>) {
  const { page, leave } = await visit(browser, { reducedMotion: 'reduce', ...options });
  await page.goto(`${at}/`);
  await show(page);
  await shoot(page, name);
  await leave();
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await atRest(page);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}

/** Waits until the chat, where there is one, scrolls no more: half a second at one place. */
async function atRest(page: Page): Promise<void> {
  const chat = page.frames().find((frame) => frame.url().includes('/chat'));
  await chat?.waitForFunction(
    () => {
      const place = document.querySelector('.webchat__basic-transcript__scrollable')?.scrollTop ?? 0;
      const { dataset } = document.body;
      const times = dataset.place === String(place) ? Number(dataset.times) + 1 : 0;
      dataset.place = String(place);
      dataset.times = String(times);
      return times >= 5;
    },
    undefined,
    { polling: 100 },
  );
}

async function ask(chat: Chat): Promise<void> {
  await chat.say('hur länge sparas mitt cv?');
  await chat.hears('Lagring av personuppgifter');
}

async function request(chat: Chat): Promise<void> {
  await chat.say('radera mina uppgifter');
  await chat.transcript.locator('input').first().waitFor();
}

async function summary(chat: Chat): Promise<void> {
  await chat.say('avregistrera mig från nyhetsbrevet, anna@example.se');
  await chat.hears(/Stämmer det/);
}

/** Files requests of several kinds and ages, as another program would. Gives the number of one that is being worked on. */
async function seed(): Promise<string> {
  const people = ['Anna Berg', 'Kim Ek', 'Robin Lind', 'Sara Holm', 'Ali Nyström', 'Maja Sjö'];
  const kinds = ['access', 'erasure', 'rectification', 'security_incident', 'marketing_opt_out', 'objection'];
  const ages = [1, 27, 33, 0, 2, 12];
  const numbers: string[] = [];
  for (const [index, type] of kinds.entries()) {
    const name = people[index] ?? '';
    const receivedAt = new Date(Date.now() - (ages[index] ?? 0) * 86_400_000 - 3_600_000).toISOString();
    const about = { data: 'Mitt cv från i våras', event: 'Någon har loggat in på mitt konto' };
    const slots = {
      email: `${name.split(' ')[0]?.toLowerCase()}@example.se`,
      ...(type === 'marketing_opt_out' ? {} : { name }),
      ...(type === 'security_incident' ? { event: about.event } : {}),
      ...(type === 'rectification' || type === 'objection' || type === 'erasure' ? { data: about.data } : {}),
    };
    const answer = await fetch(`${at}/api/requests`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
        'idempotency-key': `picture-${index}`,
      },
      body: JSON.stringify({ type, receivedAt, slots }),
    });
    if (answer.status !== 201) throw new Error(`${type}: ${answer.status} ${await answer.text()}`);
    numbers.push(((await answer.json()) as { number: string }).number);
  }
  return numbers[1] ?? '';
}

async function signIn(page: Page): Promise<void> {
  await page.goto(deskLink);
  await page.getByRole('main').getByRole('button').click();
  await page.waitForURL(`${at}/desk`);
}
