import { readFileSync } from 'node:fs';
/// <reference lib="dom" />
import { expect } from 'chai';
import { chatIn, GREETING, launcher, openChat } from './chat-page.ts';
import { stage } from './stage.ts';

describe('the chat in a browser', function () {
  this.timeout(180_000);
  const { come, url, person } = stage(() => ({ headers: {}, html: '' }));

  it('answers a question, and its citation leads to the highlighted passage', async () => {
    const { page } = await come();
    const chat = await openChat(page);
    await chat.say('hur länge sparas mitt cv?');
    await chat.hears(/legitima affärsmässiga anledningar/);
    const [notice] = await Promise.all([
      page.context().waitForEvent('page'),
      chat.transcript
        .getByRole('link', { name: /Lagring av personuppgifter/ })
        .last()
        .click(),
    ]);
    await notice.waitForURL(/\/notice#retention-\d+$/);
    const [target, other] = await notice.evaluate(() => {
      const marked = document.querySelector(':target');
      const section = marked?.id.split('-')[0];
      const next = document.querySelector(`[id^="${section}-"]:not(:target)`);
      const background = (element: Element | null) => element && getComputedStyle(element).backgroundColor;
      return [background(marked), background(next)];
    });
    expect(target).to.be.a('string').and.to.not.equal(other);
  });

  it('quotes to the letter: Web Chat would curl the quotes', async () => {
    const { page } = await come('/chat');
    const chat = chatIn(page);
    await chat.hears(GREETING);
    await chat.say('använder ni cookies?');
    await chat.hears('använder "cookies" och liknande teknik');
  });

  it('takes a request to its receipt', async () => {
    const { page } = await come();
    const chat = await openChat(page);
    await chat.say('avregistrera mig från nyhetsbrevet, anna@example.se');
    await chat.hears('anna@example.se');
    await chat.say('ja');
    await chat.hears(/SA-\w{4}-\w{4}/);
  });

  it('goes on with the same conversation after a reload', async () => {
    const { page } = await come();
    const chat = await openChat(page);
    await chat.say('vad är en personuppgift?');
    await chat.hears(/identifiera/);
    const before = await chat.transcript.locator('article').count();
    await page.reload();
    const again = await openChat(page);
    await again.hears('vad är en personuppgift?');
    await again.hears(/identifiera/);
    expect(await again.transcript.locator('article').count()).to.equal(before);
  });

  it('keeps the conversation while it is closed', async () => {
    const { page } = await come();
    const chat = await openChat(page);
    await chat.sendBox.fill('ännu inte skickat');
    await chat.close.click();
    await launcher(page).click();
    await chat.sendBox.waitFor();
    expect(await chat.sendBox.inputValue()).to.equal('ännu inte skickat');
  });

  it('forgets the conversation once the person has said yes, and not when they say no', async () => {
    const { page } = await come('/chat');
    const chat = chatIn(page);
    await chat.hears(GREETING);
    await chat.say('vad är en personuppgift?');
    await chat.hears(/identifiera/);
    await chat.forget.click();
    await page.getByRole('button', { name: 'Nej, behåll det' }).click();
    await chat.hears('vad är en personuppgift?');
    const kept = await page.evaluate(() => sessionStorage.getItem('sekretessassistenten'));
    await chat.forget.click();
    await page.getByRole('button', { name: 'Ja, glöm det' }).click();
    await chat.status.getByText('Samtalet är glömt').waitFor();
    await chat.hears(GREETING);
    expect(await chat.transcript.getByText('vad är en personuppgift?').count()).to.equal(0);
    expect(await said(String(kept))).to.not.include('vad är en personuppgift');
  });

  it('forgets it where it is asked for in words, too', async () => {
    const { page } = await come('/chat');
    const chat = chatIn(page);
    await chat.hears(GREETING);
    await chat.say('vad är en personuppgift?');
    await chat.hears(/identifiera/);
    await chat.say('glöm samtalet');
    await chat.status.getByText('Samtalet är glömt').waitFor();
    await chat.hears(GREETING);
    expect(await chat.transcript.getByText('vad är en personuppgift?').count()).to.equal(0);
  });

  it('saves the conversation as a file, in the words of the chat', async () => {
    const { page } = await come('/chat');
    const chat = chatIn(page);
    await chat.hears(GREETING);
    await chat.say('säljer ni mina uppgifter till andra?');
    await chat.hears(/säljer eller hyr inte ut/);
    await chat.forget.click();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Spara samtalet som fil' }).click();
    const file = readFileSync(await (await coming).path(), 'utf8');
    expect(file).to.include('Du:\nsäljer ni mina uppgifter till andra?');
    expect(file).to.include('Sekretessassistenten:\n> Vi säljer eller hyr inte ut dina personuppgifter');
    expect(file).to.not.include('!say');
  });

  it('says that the network is gone, and goes on when it is back', async () => {
    const { page } = await come('/chat');
    const chat = chatIn(page);
    await chat.hears(GREETING);
    await page.context().setOffline(true);
    await chat.status.getByText('Du är inte ansluten').waitFor();
    await page.context().setOffline(false);
    await chat.status.getByText('Ansluter igen').waitFor();
    await chat.say('vad är en personuppgift?');
    await chat.hears(/identifiera/);
    await page.locator('#status[data-state="empty"]').waitFor({ state: 'attached' });
    expect(
      await chat.transcript.locator('article').filter({ hasText: 'vad är en personuppgift?' }).count(),
    ).to.equal(1);
  });

  it('starts a new conversation with a kind line where the token is no longer taken', async () => {
    const { page } = await come('/chat');
    const chat = chatIn(page);
    await chat.hears(GREETING);
    await page.evaluate(() => {
      addEventListener('pagehide', () =>
        sessionStorage.setItem('sekretessassistenten', '{"token":"old","conversationId":"old"}'),
      );
    });
    await page.reload();
    await chat.status.getByText('Det förra samtalet är avslutat').waitFor();
    await chat.hears(GREETING);
  });

  it('offers to try again where the service cannot be reached', async () => {
    const { page } = await person();
    await page.route('**/tokens/generate', (route) => route.abort());
    await page.goto(url('/chat'));
    await chatIn(page).status.getByText('Det gick inte att ansluta').waitFor();
    await page.unroute('**/tokens/generate');
    await page.getByRole('button', { name: 'Försök igen' }).click();
    await chatIn(page).hears(GREETING);
  });

  it('shows two people their own conversations only', async () => {
    const [anna, bo] = await Promise.all([come(), come()]);
    const [annas, bos] = await Promise.all([openChat(anna.page), openChat(bo.page)]);
    await Promise.all([annas.say('vad är en personuppgift?'), bos.say('får polisen se mitt cv?')]);
    await Promise.all([annas.hears(/identifiera/), bos.hears(/ålagda att göra detta/)]);
    expect(await annas.transcript.textContent()).to.not.include('polisen');
    expect(await bos.transcript.textContent()).to.not.include('vad är en personuppgift');
  });

  it('speaks English where the page does', async () => {
    const { page } = await come('/?lang=en');
    await page.getByRole('button', { name: 'Open the chat about personal data' }).click();
    await chatIn(page.frameLocator('sekretess-assistent iframe')).hears(/I'm Sekretessassistenten/);
  });

  /** Everything that can still be read of a conversation with a kept token. */
  async function said(kept: string): Promise<string> {
    const { token, conversationId } = JSON.parse(kept) as { token: string; conversationId: string };
    const answer = await fetch(url(`/v3/directline/conversations/${conversationId}/activities`), {
      headers: { authorization: `Bearer ${token}` },
    });
    return answer.text();
  }
});
