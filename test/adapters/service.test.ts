import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { pino } from 'pino';
import { z } from 'zod';
import { type Service, start } from '../../src/service.ts';

const expectedReplies = z.object({
  activities: z.array(z.object({ type: z.string(), text: z.string().optional() })),
});

describe('the running service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'service-'));
  let service: Service;
  let log = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk;
      done();
    },
  });
  const run = () => start({ PORT: '0', DATA_DIR: folder }, pino(sink), () => undefined);
  before(async () => {
    service = await run();
  });
  after(async () => {
    await service.stop('test');
    rmSync(folder, { recursive: true });
  });

  const url = (path: string) => `http://127.0.0.1:${service.port}${path}`;
  const post = (body: unknown) =>
    fetch(url('/api/messages'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const activity = (text: string, changes: object = {}) => ({
    type: 'message',
    id: randomUUID(),
    channelId: 'test',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: 'conversation' },
    from: { id: 'user' },
    recipient: { id: 'bot' },
    locale: 'sv-SE',
    deliveryMode: 'expectReplies',
    text,
    ...changes,
  });
  const says = async (text: string, changes: object = {}) => {
    const response = await post(activity(text, changes));
    expect(response.status).to.equal(200);
    return expectedReplies.parse(await response.json()).activities.map((each) => each.text ?? '');
  };

  it('says how it is', async () => {
    for (const path of ['/healthz', '/readyz']) expect((await fetch(url(path))).status, path).to.equal(200);
  });

  it('answers over HTTP', async () => {
    expect((await says('hur länge sparar ni mitt cv?')).at(-1)).to.include('#retention-1');
  });

  it('gives the same answer to an activity that is delivered twice', async () => {
    const sent = activity('vad är en personuppgift?', { conversation: { id: 'twice' } });
    const [first, second] = [await (await post(sent)).json(), await (await post(sent)).json()];
    expect(JSON.stringify(second)).to.equal(JSON.stringify(first));
  });

  it('goes on after a restart where a request was left, and keeps the ticket', async () => {
    const inside = { conversation: { id: 'restart' } };
    await says('avregistrera mig från nyhetsbrevet, anna@example.se', inside);
    await service.stop('restart');
    service = await run();
    const receipt = (await says('ja', inside)).join('\n');
    const number = /SA-\w{4}-\w{4}/.exec(receipt)?.[0] ?? 'no number';
    await service.stop('restart');
    service = await run();
    expect((await says(`hur går det med ${number}?`, inside)).join())
      .to.include(number)
      .and.to.include('inskickat');
  });

  it('gives a link to a page that shows how the ticket goes, and nothing about the person', async () => {
    const inside = { conversation: { id: 'page' } };
    await says('avregistrera mig från nyhetsbrevet, anna@example.se', inside);
    const receipt = (await says('ja', inside)).join('\n');
    const link = /http:\/\/127\.0\.0\.1:\d+\/request\/[\w-]{43}/.exec(receipt)?.[0] ?? 'no link';
    const page = await fetch(link);
    const html = await page.text();
    expect(page.status).to.equal(200);
    expect(page.headers.get('cache-control')).to.equal('no-store');
    expect(page.headers.get('referrer-policy')).to.equal('no-referrer');
    expect(html)
      .to.include('Avregistrera marknadsföring')
      .and.to.match(/SA-\w{4}-\w{4}/)
      .and.to.not.include('anna@');
    const other = await fetch(`${link.slice(0, -1)}${link.endsWith('A') ? 'E' : 'A'}`);
    expect(other.status).to.equal(404);
    expect(await other.text()).to.not.match(/SA-\w{4}-\w{4}/);
  });

  const bad: [string, unknown][] = [
    ['an empty object', {}],
    ['a message without anything', { type: 'message' }],
    ['an array', []],
    ['a text', '"hej"'],
    ['broken JSON', '{"type":'],
    ['a conversation without an id', activity('hej', { conversation: {} })],
    ['a text that is a number', activity('hej', { text: 5 })],
    ['a service address elsewhere', activity('hej', { serviceUrl: 'https://example.com/' })],
    [
      'a service address that only begins like ours',
      activity('hej', { serviceUrl: 'http://127.0.0.1.example.com/' }),
    ],
    ['a service address that is no address', activity('hej', { serviceUrl: 'x' })],
  ];
  for (const [what, body] of bad)
    it(`refuses ${what} with 400`, async () => expect((await post(body)).status).to.equal(400));

  it('refuses a body that is too large with 413', async () => {
    expect((await post(activity('x'.repeat(300_000)))).status).to.equal(413);
  });

  it('takes other activities without fuss', async () => {
    for (const changes of [
      { membersAdded: 'x' },
      { membersAdded: [null] },
      { membersAdded: [] },
      { recipient: undefined },
    ])
      expect(
        (await post(activity('', { type: 'conversationUpdate', deliveryMode: undefined, ...changes })))
          .status,
      ).to.be.below(500);
    for (const type of ['typing', 'messageReaction', 'endOfConversation', 'somethingNew'])
      expect((await post(activity('', { type, deliveryMode: undefined }))).status, type).to.equal(200);
  });

  it('whose answer the channel does not take prints none of it, and gives it when asked again', async () => {
    const printed: unknown[] = [];
    const { error } = console;
    console.error = (...parts: unknown[]) => printed.push(inspect(parts, { depth: 10 }));
    // Nobody listens on port 9: the answer cannot be delivered.
    const undelivered = activity('avregistrera mig från reklam, anna@example.se', {
      id: 'again',
      conversation: { id: 'dead' },
      deliveryMode: undefined,
    });
    const response = await post(undelivered);
    console.error = error;
    expect(response.status).to.equal(500);
    expect(printed.join() + (await response.text())).to.not.match(/anna@|avregistrera/i);
    expect((await says('', { ...undelivered, deliveryMode: 'expectReplies' })).join()).to.include(
      'anna@example.se',
    );
  });

  it('says kindly that its port is taken', async () => {
    const second = start(
      { PORT: String(service.port), DATA_DIR: join(folder, 'second') },
      pino({ level: 'silent' }),
    );
    expect(await second.catch((error: Error) => error.message)).to.match(
      /PORT \d+ .*EADDRINUSE.*choose another/,
    );
  });

  it('has no answer for other paths', async () =>
    expect((await fetch(url('/etc/passwd'))).status).to.equal(404));

  it('writes ids into its log and never what was said', () => {
    expect(log).to.include('"msg":"turn"');
    expect(log).to.not.match(/anna@example|nyhetsbrevet|sparar ni|personuppgift/);
  });

  it('holds back whoever asks too fast', async () => {
    await service.stop('restart');
    service = await start(
      { PORT: '0', DATA_DIR: folder, RATE_PER_SECOND: '1', RATE_BURST: '2' },
      pino(sink),
      () => undefined,
    );
    const codes = await Promise.all(Array.from({ length: 6 }, async () => (await post({})).status));
    expect(codes).to.include(429);
  });
});
