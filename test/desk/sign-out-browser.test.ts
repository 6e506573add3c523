import { expect } from 'chai';
import { OAuth2Server } from 'oauth2-mock-server';
import type { Browser } from 'playwright-core';
import { staticFiles } from '../../src/adapters/http/static-files.ts';
import { WEB } from '../../src/paths.ts';
import { openBrowser } from '../browser/chromium.ts';
import { type Desk, someDesk } from './some-desk.ts';

describe('signing out of the desk in a browser', function () {
  this.timeout(180_000);
  const provider = new OAuth2Server();
  let browser: Browser;
  let desk: Desk;
  before(async () => {
    browser = await openBrowser();
    await provider.issuer.keys.generate('RS256');
    await provider.start(0, '127.0.0.1');
    provider.service.on('beforeTokenSigning', (token: { payload: object }) =>
      Object.assign(token.payload, { name: 'Kim Ek', roles: ['officer'] }),
    );
    const settings = {
      issuer: provider.issuer.url ?? '',
      clientId: 'desk',
      clientSecret: 'a secret of the desk',
      rolesClaim: 'roles',
    };
    const files = staticFiles(WEB);
    desk = await someDesk({ files }, settings, files.routes);
    desk.now.date = new Date();
  });
  after(async () => {
    await browser?.close();
    await desk.close();
    await provider.stop();
  });

  // A form may be answered with no other site's address, so the way there has to be another.
  it('goes to the provider and back by itself, without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'sv' });
    const page = await context.newPage();
    const visited: string[] = [];
    page.on('request', (request) => visited.push(request.url()));
    await page.goto(`${desk.at}/desk`);
    await page.getByText('Kim Ek').waitFor();
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.waitForURL(`${desk.at}/desk/signed-out`);
    expect(visited.some((url) => url.startsWith(`${provider.issuer.url}/endsession`))).to.equal(true);
    await page.getByRole('main').getByRole('link', { name: 'Logga in' }).click();
    await page.waitForURL(`${desk.at}/desk`);
    const authorizations = visited.filter((url) => url.startsWith(`${provider.issuer.url}/authorize`));
    expect(authorizations.map((url) => new URL(url).searchParams.get('prompt'))).to.deep.equal([
      null,
      'login',
    ]);
    await context.close();
  });
});
