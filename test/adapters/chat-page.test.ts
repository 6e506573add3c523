import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { pino } from 'pino';
import type { Server } from 'restify';
import { chatRoutes } from '../../src/adapters/http/chat-page.ts';
import { createService } from '../../src/adapters/http/service.ts';
import { readContent } from '../../src/content/content.ts';
import { ROOT } from '../../src/paths.ts';

describe('the page of the chat', () => {
  let server: Server;
  before(async () => {
    server = createService({
      messages: async () => {},
      routes: [
        chatRoutes({
          content: readContent(ROOT),
          files: { url: (name) => `/assets/${name}` },
          address: () => 'https://privacy.example.com',
          origins: () => ['https://jobs.example.com'],
          hosted: 'https://europe.directline.example.com/v3/directline',
        }),
      ],
      ready: async () => true,
      rate: { perSecond: 100, burst: 100 },
      log: pino({ level: 'silent' }),
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => server.close());

  const ask = async (query: Record<string, string> = {}) => {
    const { port } = server.server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/chat?${new URLSearchParams(query)}`);
    const html = await response.text();
    const settings: unknown = JSON.parse(/id="settings">(.*?)<\/script>/.exec(html)?.[1] ?? 'null');
    return { response, html, settings, title: /<h1>(.*?)<\/h1>/.exec(html)?.[1] };
  };

  it('is in the language, colour and title that were asked for', async () => {
    const { html, settings, title } = await ask({ lang: 'en', color: '#FFD200', title: 'Ask us' });
    expect(html).to.include('<html lang="en">').and.to.include('Forget the conversation');
    expect(settings).to.deep.include({ locale: 'en', color: '#FFD200' });
    expect(title).to.equal('Ask us');
  });

  it('takes what does not fit for nothing', async () => {
    for (const color of ['red', '#12', '#12345g', '#123;}*{color:red', ''])
      expect((await ask({ color })).settings, color).to.deep.include({ color: '#00557f' });
    expect((await ask({ lang: 'de' })).html).to.include('<html lang="sv">');
    expect((await ask({ title: ' ' })).title).to.equal('Sekretessassistenten');
  });

  it('cuts a title at 60 characters, whole ones, and shows it as text', async () => {
    expect((await ask({ title: '🐘'.repeat(70) })).title).to.equal('🐘'.repeat(60));
    const { html } = await ask({ title: '</title><script>alert(1)</script>' });
    expect(html).to.not.include('<script>alert');
  });

  it('shows the ways on, and nothing that waits, where there is no script', async () => {
    const { html } = await ask({ lang: 'en' });
    const [, ways = ''] = /<noscript>([\s\S]*?)<\/noscript>/.exec(html) ?? [];
    for (const path of ['/request?lang=en', '/request/find?lang=en', '/notice?lang=en'])
      expect(ways).to.include(`href="${path}"`);
    expect(html.replace(/<script[\s\S]*?<\/script>/g, '')).to.not.include('Loading the chat');
    expect(html).to.match(/<button [^>]*id="forget"[^>]* hidden>/);
  });

  it('lets in nothing but its own scripts, and only its own Direct Line and the allowed pages around it', async () => {
    const [one, other] = [await ask(), await ask()];
    const policy = one.response.headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'nonce-([\w+/=]+)'/.exec(policy)?.[1] ?? 'none';
    expect(policy)
      .to.include("default-src 'none'")
      .and.to.not.match(/unsafe/);
    expect(policy).to.match(/connect-src 'self' https:\/\/privacy.example.com wss:\/\/privacy.example.com/);
    expect(policy).to.include('wss://europe.directline.example.com');
    expect(policy).to.include("frame-ancestors 'self' https://jobs.example.com");
    expect(one.html.match(/<script src[^>]*nonce="([^"]+)"/)?.[1]).to.equal(nonce);
    expect(other.html).to.not.include(nonce);
    expect(one.html).to.not.match(/ style=|<style/);
    expect(one.response.headers.get('cache-control')).to.equal('no-store');
  });
});
