import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where Debian and its relatives put Chromium; null where it is not installed. */
export function chromiumPath(): string | null {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return places.find((place) => existsSync(place)) ?? null;
}

/**
 * A browser with a fresh profile that makes no request of its own.
 * @throws {Error} where there is no Chromium, with what to do.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('There is no Chromium: run node test/browser/install-chromium.ts');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A person's page in a browser. */
export interface Visit {
  page: Page;
  /** Every address that was asked for. */
  asked: string[];
  /** Those of them that lie on other hosts than this machine: they were not let through. */
  outside: string[];
  /** What the page complained of: errors, and what a policy blocked. */
  complaints: string[];
  leave(): Promise<void>;
}

// Long, because a machine that does much else at the same time is no fault of the chat's.
const WAIT_MS = 40_000;

/** A person with a browser of their own: no cookies, no storage, and nothing beyond this machine. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1200, height: 800 },
    locale: 'sv-SE',
    ...options,
  });
  context.setDefaultTimeout(WAIT_MS);
  const [asked, outside, complaints]: string[][] = [[], [], []];
  await context.route(
    (address) => address.hostname !== '127.0.0.1',
    (route) => {
      outside?.push(route.request().url());
      return route.abort();
    },
  );
  context.on('request', (request) => asked?.push(request.url()));
  context.on('weberror', (error) => complaints?.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints?.push(message.text());
  });
  const page = await context.newPage();
  return {
    page,
    asked: asked ?? [],
    outside: outside ?? [],
    complaints: complaints ?? [],
    leave: () => context.close(),
  };
}
