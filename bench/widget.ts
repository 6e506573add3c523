/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, CDPSession } from 'playwright-core';
import { start } from '../src/service.ts';
import { chatIn, GREETING, launcher } from '../test/browser/chat-page.ts';
import { openBrowser, visit } from '../test/browser/chromium.ts';
import { publish, table } from './publish.ts';

// What the chat costs the page it stands on: the main thread's time and what is fetched, before and after opening.
const RUNS = 9;

const folder = mkdtempSync(join(tmpdir(), 'widget-'));
let script = '';
// An empty page with the button, and the same page without it.
const site = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(
    `<!doctype html><html lang="sv"><title>x</title><p>x</p>${request.url === '/with' ? script : ''}`,
  );
});
await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
const service = await start(
  { PORT: '0', DATA_DIR: folder, ALLOWED_ORIGINS: origin, RATE_PER_SECOND: '1000', RATE_BURST: '1000' },
  pino({ level: 'silent' }),
);
script = `<script src="http://127.0.0.1:${service.port}/widget.js" defer></script>`;
const browser = await openBrowser();
try {
  const without: number[] = [];
  const with_: number[] = [];
  // In turns, so that whatever else the machine does meets both alike.
  for (let run = 0; run < RUNS * 2; run += 1) {
    without.push(await mainThread(browser, '/without'));
    with_.push(await mainThread(browser, '/with'));
  }
  const more = median(with_) - median(without);
  const { before, after, opening } = await fetched(browser);
  publish(
    'widget',
    `${table([
      ['', 'before opening', 'after opening'],
      ['main thread: scripts, styles and layout, ms (median)', more.toFixed(1), '–'],
      ['requests', String(before.requests), String(after.requests)],
      ['bytes over the network', kilobytes(before.bytes), kilobytes(after.bytes)],
      ['hosts', before.hosts.join(', '), after.hosts.join(', ')],
      ['from pressing to the greeting, ms (median)', '–', opening.toFixed(0)],
    ])}\n\n${RUNS * 2} runs for the main thread and ${RUNS} for the rest, on an empty cache each, ${cpus().length} cores, Chromium ${browser.version()}.`,
  );
} finally {
  await browser.close();
  await service.stop('bench');
  site.close();
  rmSync(folder, { recursive: true });
}

/** Milliseconds of scripts, styles and layout until the loaded page has been drawn, as Chromium counts them. */
async function mainThread(browser: Browser, path: string): Promise<number> {
  const { page, leave } = await visit(browser);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.goto(`${origin}${path}`);
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  const { metrics } = await session.send('Performance.getMetrics');
  await leave();
  const counted = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'];
  return metrics.reduce((ms, { name, value }) => (counted.includes(name) ? ms + 1000 * value : ms), 0);
}

/** What is fetched for the page with the button, in the page and in the chat's frame, and how long opening takes. */
async function fetched(browser: Browser) {
  const times: number[] = [];
  let before = tallyOf([]);
  let after = tallyOf([]);
  for (let run = 0; run < RUNS; run += 1) {
    const { page, leave } = await visit(browser);
    const seen: Fetched[] = [];
    await listen(await page.context().newCDPSession(page), seen);
    await page.goto(`${origin}/with`, { waitUntil: 'networkidle' });
    // The page itself is not the widget's.
    before = tallyOf(seen.filter(({ url }) => !url.startsWith(origin)));
    const pressed = performance.now();
    await launcher(page).click();
    await chatIn(page.frameLocator('sekretess-assistent iframe')).hears(GREETING);
    times.push(performance.now() - pressed);
    after = tallyOf(seen.filter(({ url }) => !url.startsWith(origin)));
    await leave();
  }
  return { before, after, opening: median(times) };
}

interface Fetched {
  url: string;
  bytes: number;
}

async function listen(session: CDPSession, seen: Fetched[]): Promise<void> {
  const open = new Map<string, Fetched>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const one = { url: request.url, bytes: 0 };
    open.set(requestId, one);
    if (request.url.startsWith('http')) seen.push(one);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = open.get(requestId);
    if (one) one.bytes = encodedDataLength;
  });
  await session.send('Network.enable');
}

function tallyOf(seen: readonly Fetched[]) {
  return {
    requests: seen.length,
    bytes: seen.reduce((sum, { bytes }) => sum + bytes, 0),
    hosts: [...new Set(seen.map(({ url }) => new URL(url).hostname))],
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
