import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openBrowser, type Visit, visit } from './chromium.ts';

/**
 * A browser for the tests of one `describe`, with mocha's hooks, and people who come in it. After each test they leave,
 * and nobody may have asked for anything beyond this machine; who `stays` leaves with the browser.
 */
export function visitors(): (options?: BrowserContextOptions, stays?: boolean) => Promise<Visit> {
  const visits: Visit[] = [];
  let browser: Browser | undefined;
  before(async () => {
    browser = await openBrowser();
  });
  afterEach(async () => {
    const left = visits.splice(0);
    await Promise.all(left.map((each) => each.leave()));
    for (const { outside } of left) expect(outside, 'requests to other hosts').to.deep.equal([]);
  });
  after(() => browser?.close());
  return async (options = {}, stays = false) => {
    if (!browser) throw new Error('the browser is not open yet');
    const visitor = await visit(browser, options);
    if (!stays) visits.push(visitor);
    return visitor;
  };
}
