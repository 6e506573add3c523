import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { z } from 'zod';
import { type Service, start } from '../../src/service.ts';

describe('a Direct Line that Azure hosts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hosted-'));
  const asked: { path: string | undefined; secret: string | undefined; body: unknown }[] = [];
  let status = 200;
  const azure = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push({ path: request.url, secret: request.headers.authorization, body: JSON.parse(text) });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ token: 'hosted-token', conversationId: 'hosted-conversation', expires_in: 3600 }),
    );
  });
  let service: Service;
  let domain: string;
  let log = '';
  before(async () => {
    await new Promise<void>((resolve) => azure.listen(0, '127.0.0.1', resolve));
    domain = `http://127.0.0.1:${(azure.address() as AddressInfo).port}/v3/directline`;
    service = await start(
      { PORT: '0', DATA_DIR: folder, DIRECT_LINE_SECRET: 'the-secret', DIRECT_LINE_DOMAIN: domain },
      pino({ level: 'info' }, { write: (line: string) => (log += line) }),
      () => undefined,
    );
  });
  after(async () => {
    await service.stop('test');
    await new Promise((resolve) => azure.close(resolve));
    rmSync(folder, { recursive: true });
  });
  const origin = () => `http://127.0.0.1:${service.port}`;
  const generate = (headers: Record<string, string> = { origin: origin() }) =>
    fetch(`${origin()}/v3/directline/tokens/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ locale: 'sv-SE' }),
    });

  it('gives the chat a token, its conversation and where to talk, and keeps the secret', async () => {
    const response = await generate();
    const text = await response.text();
    expect(JSON.parse(text)).to.deep.equal({
      token: 'hosted-token',
      conversationId: 'hosted-conversation',
      expires_in: 3600,
      domain,
    });
    expect(text + log).to.not.include('the-secret');
    expect(asked.at(-1)).to.include({ path: '/v3/directline/tokens/generate', secret: 'Bearer the-secret' });
    const body = z.object({ user: z.object({ id: z.string() }), trustedOrigins: z.array(z.string()) });
    const { user, trustedOrigins } = body.parse(asked.at(-1)?.body);
    expect(user.id).to.match(/^dl_/);
    expect(trustedOrigins).to.include(origin());
  });

  it('is given to welcome origins alone', async () => {
    const before = asked.length;
    expect((await generate({ origin: 'https://evil.example.com' })).status).to.equal(403);
    expect(asked.length).to.equal(before);
  });

  it('lets the page of the chat connect to it', async () => {
    const policy = (await fetch(`${origin()}/chat`)).headers.get('content-security-policy');
    expect(policy).to.include(new URL(domain).origin);
  });

  it('says kindly that it cannot be reached', async () => {
    status = 500;
    const response = await generate();
    expect(response.status).to.equal(502);
    expect(await response.text())
      .to.include('try again')
      .and.to.not.include('secret');
    status = 200;
  });

  it('takes the place of our own', async () => {
    const response = await fetch(`${origin()}/v3/directline/conversations`, {
      method: 'POST',
      headers: { origin: origin() },
    });
    expect(response.status).to.equal(404);
  });
});
