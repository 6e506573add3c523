import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BrowserContextOptions, Frame, Page } from 'playwright-core';
import { type Service, start } from '../../src/service.ts';
import type { Visit } from './chromium.ts';
import { visitors } from './visitors.ts';

/** The real service and a browser, for the tests of one `describe`. */
export interface Stage {
  /** The address of a path of the service. */
  url(path?: string): string;
  /** The address of somebody else's site, which may show the chat. */
  siteUrl(): string;
  /** A person with a browser of their own, on no page yet. */
  person(options?: BrowserContextOptions): Promise<Visit>;
  /** A person who comes to a page. */
  come(path?: string, options?: BrowserContextOptions): Promise<Visit>;
}

/**
 * Sets the stage with mocha's hooks. `site` gives what somebody else's site answers. After each test nobody may have
 * asked for anything beyond this machine.
 */
export function stage(site: () => { headers: Record<string, string>; html: string }): Stage {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'));
  const visitor = visitors();
  let service: Service;
  const foreign = createServer((_request, response) => {
    const { headers, html } = site();
    // restify changes writeHead of all servers: it gives nothing back.
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(html);
  });
  const siteUrl = () => `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;

  before(async () => {
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    service = await start(
      {
        PORT: '0',
        DATA_DIR: folder,
        ALLOWED_ORIGINS: siteUrl(),
        RATE_PER_SECOND: '1000',
        RATE_BURST: '1000',
      },
      pino({ level: 'silent' }),
    );
  });
  after(async () => {
    await service?.stop('test');
    foreign.close();
    rmSync(folder, { recursive: true });
  });

  const url = (path = '/') => new URL(path, `http://127.0.0.1:${service.port}`).href;
  return {
    url,
    siteUrl,
    person: visitor,
    async come(path = '/', options = {}) {
      const come = await visitor(options);
      await come.page.goto(url(path));
      return come;
    },
  };
}

/** The frame that the chat is in. @throws {Error} where it was not opened. */
export function chatFrame(page: Page): Frame {
  const frame = page.frames().find((each) => each.url().includes('/chat'));
  if (!frame) throw new Error('the page has no chat');
  return frame;
}
