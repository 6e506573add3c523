/// <reference lib="dom" />
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
const folder = mkdtempSync(join(tmpdir(), 'screenshots-'));
const service = await start(
  { PORT: '0', DATA_DIR: folder, RATE_PER_SECOND: '1000', RATE_BURST: '1000' },
  pino({ level: 'silent' }),
);
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
    await page.goto(`http://127.0.0.1:${service.port}/notice#retention-2`);
  });
} finally {
  await browser.close();
  await service.stop('screenshots');
  rmSync(folder, { recursive: true });
}

async function picture(name: string, options: BrowserContextOptions, show: (page: Page) => Promise<void>) {
  const { page, leave } = await visit(browser, { reducedMotion: 'reduce', ...options });
  await page.goto(`http://127.0.0.1:${service.port}/`);
  await show(page);
  await page.waitForLoadState('networkidle');
  await atRest(page);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  await leave();
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
