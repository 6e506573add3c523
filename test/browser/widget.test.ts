/// <reference lib="dom" />
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { launcher, openChat } from './chat-page.ts';
import { stage } from './stage.ts';

// Somebody else's page: no language, a strict policy, styles that would spoil everything, and the script twice.
const style =
  'div, button, dialog, iframe, svg { display: none !important; color: red; font-size: 3px; transform: scale(0) }';
const styleHash = createHash('sha256').update(style).digest('base64');

describe('the button of the chat', function () {
  this.timeout(180_000);
  const { come, url, siteUrl } = stage(() => ({
    headers: {
      'content-security-policy': `default-src 'none'; script-src ${url()}; frame-src ${url()}; style-src 'sha256-${styleHash}'`,
    },
    html:
      `<!doctype html><title>x</title><style>${style}</style><p>Annan webbplats</p>` +
      `<script src="${url('/widget.js')}" data-color="#ffd200" data-position="left" defer></script>`.repeat(
        2,
      ),
  }));

  it('is a button, and nothing else is loaded or kept', async () => {
    const { page, asked } = await come();
    await launcher(page).waitFor();
    expect(await page.locator('iframe').count()).to.equal(0);
    expect(asked.filter((address) => /chat|direct/.test(address))).to.deep.equal([]);
    expect(await page.context().cookies()).to.deep.equal([]);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).to.deep.equal([0, 0]);
  });

  it('weighs at most 6 KB', async () => {
    const script = Buffer.from(await (await fetch(url('/widget.js'))).arrayBuffer());
    expect(gzipSync(script, { level: 9 }).length).to.be.within(1000, 6 * 1024);
  });

  it('has a button of 48 pixels or more with a name and a state', async () => {
    const { page } = await come();
    const button = page.getByRole('button', { name: 'Öppna chatten om personuppgifter', expanded: false });
    const box = await button.boundingBox();
    expect(box?.width).to.be.at.least(48);
    expect(box?.height).to.be.at.least(48);
  });

  describe('on somebody else’s page', () => {
    it('stands there once, whatever the page’s styles and policy say, and works', async () => {
      const { page, complaints } = await come(siteUrl());
      await launcher(page).waitFor();
      expect(await page.locator('sekretess-assistent').count()).to.equal(1);
      expect((await launcher(page).boundingBox())?.x).to.be.below(100);
      const look = await launcher(page).evaluate((button) => {
        const { backgroundColor, color } = getComputedStyle(button);
        return { backgroundColor, color };
      });
      expect(look).to.deep.equal({ backgroundColor: 'rgb(255, 210, 0)', color: 'rgb(0, 0, 0)' });
      const chat = await openChat(page);
      await chat.say('hur länge sparas mitt cv?');
      await chat.hears('Lagring av personuppgifter');
      expect(complaints).to.deep.equal([]);
    });

    it('closes by Escape inside the frame, and gives the focus back', async () => {
      const { page } = await come(siteUrl());
      const chat = await openChat(page);
      await chat.sendBox.press('Escape');
      await page.locator('sekretess-assistent dialog:not([open])').waitFor({ state: 'attached' });
      await page.locator('sekretess-assistent .launcher:focus').waitFor();
    });

    it('is shown in no frame of a site that is not allowed', async () => {
      const answer = await fetch(url('/chat'));
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).to.include(`frame-ancestors 'self' ${siteUrl()}`);
    });
  });
});
