/// <reference lib="dom" />
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { faults } from './axe.ts';
import { chatIn, GREETING, launcher, openChat } from './chat-page.ts';
import { chatFrame, stage } from './stage.ts';

describe('the chat for everybody', function () {
  this.timeout(180_000);
  const { come, url } = stage(() => ({ headers: {}, html: '' }));

  it('fills a phone, and leaves it again', async () => {
    const { page } = await come('/', {
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    });
    const chat = await openChat(page);
    const box = await page.locator('sekretess-assistent iframe').boundingBox();
    expect(box).to.deep.equal({ x: 0, y: 0, width: 360, height: 740 });
    await chat.close.tap();
    await launcher(page).waitFor();
    await page.locator('sekretess-assistent dialog').waitFor({ state: 'hidden' });
  });

  it('goes by the keyboard alone from the top of the page to an answer and back', async () => {
    const { page } = await come();
    const { keyboard } = page;
    const isThere = () => page.locator('sekretess-assistent .launcher:focus').count();
    for (let presses = 0; presses < 60 && !(await isThere()); presses += 1) await keyboard.press('Tab');
    expect(await isThere()).to.equal(1);
    await keyboard.press('Enter');
    const chat = chatIn(page.frameLocator('sekretess-assistent iframe'));
    await page
      .frameLocator('sekretess-assistent iframe')
      .locator('[data-id="webchat-sendbox-input"]:focus')
      .waitFor();
    await chat.hears(GREETING);
    await keyboard.type('hur länge sparas mitt cv?');
    await keyboard.press('Enter');
    await chat.hears('Lagring av personuppgifter');
    await keyboard.press('Escape');
    await page.locator('sekretess-assistent .launcher:focus').waitFor();
    await page.locator('sekretess-assistent dialog').waitFor({ state: 'hidden' });
  });

  it('fits into a small phone, and into a wide screen at 200 and 400 %', async () => {
    const { page } = await come('/', { viewport: { width: 320, height: 640 } });
    const chat = await openChat(page);
    await chat.say('hur länge sparas mitt cv?');
    await chat.hears('Lagring av personuppgifter');
    // 1280 by 1024 pixels at 200 % are 640 by 512, and at 400 % 320 by 256.
    for (const size of [
      { width: 320, height: 640 },
      { width: 320, height: 256 },
      { width: 640, height: 512 },
    ]) {
      await page.setViewportSize(size);
      const tooWide = await chatFrame(page).evaluate(() =>
        ['html', '.webchat__basic-transcript__scrollable'].map((place) => {
          const element = document.querySelector(place);
          return element ? element.scrollWidth - element.clientWidth : null;
        }),
      );
      expect(tooWide, `too wide at ${size.width}`).to.deep.equal([0, 0]);
      const box = await chat.sendBox.boundingBox();
      expect((box?.y ?? size.height) + (box?.height ?? 0)).to.be.at.most(size.height);
    }
  });

  it('is dark where the person wants it dark, also from one moment to the next', async () => {
    const { page } = await come('/chat');
    await chatIn(page).hears(GREETING);
    const brightness = () =>
      page.evaluate(() => {
        const bubble = document.querySelector('.webchat__bubble__content');
        return bubble ? Number(/\d+/.exec(getComputedStyle(bubble).backgroundColor)?.[0]) : 128;
      });
    expect(await brightness()).to.be.above(200);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => {
      const bubble = document.querySelector('.webchat__bubble__content');
      return bubble && Number(/\d+/.exec(getComputedStyle(bubble).backgroundColor)?.[0]) < 80;
    });
  });

  it('does not move where the person wants less motion', async () => {
    const moves = async (reducedMotion: 'reduce' | 'no-preference') => {
      const { page } = await come('/', { reducedMotion });
      await launcher(page).click();
      return page
        .locator('sekretess-assistent dialog')
        .evaluate((dialog) => getComputedStyle(dialog).animationName !== 'none');
    };
    expect([await moves('reduce'), await moves('no-preference')]).to.deep.equal([false, true]);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`has no fault of accessibility that axe finds, ${colorScheme}`, async () => {
      const { page } = await come('/', { colorScheme });
      expect(await faults(page.mainFrame()), '/').to.deep.equal([]);
      const chat = await openChat(page);
      await chat.say('hur länge sparas mitt cv?');
      await chat.hears('Lagring av personuppgifter');
      expect(await faults(page.mainFrame()), '/ with the chat open').to.deep.equal([]);
      expect(await faults(chatFrame(page)), 'an answer').to.deep.equal([]);
      await chat.say('radera mina uppgifter');
      await chat.transcript.locator('input').first().waitFor();
      // Web Chat reads a new card out from a copy of it, which it takes away after a second.
      await quiet(page);
      expect(await faults(chatFrame(page)), 'a form').to.deep.equal([]);
      await chat.say('Anna Ek, anna@example.se');
      await chat.hears('Anna Ek, anna@example.se');
      await chat.say('hoppa över');
      await chat.hears(/Stämmer det/);
      await quiet(page);
      expect(await faults(chatFrame(page)), 'a summary').to.deep.equal([]);
      await chat.say('ja');
      await chat.hears(/SA-\w{4}-\w{4}/);
      await quiet(page);
      expect(await faults(chatFrame(page)), 'a receipt').to.deep.equal([]);
      await chat.forget.click();
      expect(await faults(chatFrame(page)), 'the question before forgetting').to.deep.equal([]);
      await page.goto(url('/notice'));
      expect(await faults(page.mainFrame()), '/notice').to.deep.equal([]);
    });
});

/** Waits until nothing is being read out. */
async function quiet(page: Page): Promise<void> {
  await chatFrame(page).waitForFunction(
    () => !document.querySelector('.webchat__live-region-transcript input'),
  );
}
