import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { SignJWT } from 'jose';
import WebSocket from 'ws';
import type { DirectLineParts } from '../../src/adapters/direct-line/direct-line.ts';
import { defaultLimits } from '../../src/adapters/direct-line/limits.ts';
import { memoryTranscripts } from '../../src/adapters/memory/memory-transcripts.ts';
import {
  begin,
  call,
  type DirectLineServer,
  echo,
  generate,
  type Heard,
  type Pass,
  serveDirectLine,
  wideLimits,
} from './direct-line-server.ts';

const ALLOWED = 'https://allowed.example.com';
const FOREIGN = 'https://foreign.example.com';
const decode = (part = '') =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('the Direct Line service under attack', function () {
  this.timeout(30_000);
  let server: DirectLineServer;
  let time = Date.now();
  const serve = async (parts: Partial<DirectLineParts> = {}) => {
    time = Date.now();
    server = await serveDirectLine({ clock: () => new Date(time), ...parts });
  };
  afterEach(() => server.stop());

  const path = (pass: Pass, rest = '/activities') =>
    `${server.url}/conversations/${pass.conversationId}${rest}`;
  const post = (pass: Pass, body: unknown, headers: Record<string, string> = {}) =>
    call(path(pass), pass.token, body, headers);
  const say = (pass: Pass, text: string, changes: object = {}) =>
    post(pass, { type: 'message', text, ...changes });
  const activitiesOf = async (pass: Pass) => {
    const group = (await (await call(path(pass), pass.token)).json()) as {
      activities: Record<string, unknown>[];
    };
    // The greeting comes when it comes.
    return group.activities.filter((each) => !String(each.id).includes('|start'));
  };
  /** The status with which a stream is refused, or 101 where it opens. */
  const streamStatus = (url: string, headers: Record<string, string> = {}) =>
    new Promise<number>((resolve, reject) => {
      const socket = new WebSocket(url, { headers });
      socket.on('unexpected-response', (request, response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      socket.on('open', () => {
        resolve(101);
        socket.close();
      });
      socket.on('error', reject);
    });
  /** A request whose path and headers reach the server exactly as they stand here. */
  const raw = (target: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port: server.port, path: target, method, headers });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        );
      });
      sent.end();
    });
  const errorOf = async (response: Response) => ((await response.json()) as { error: string }).error;

  describe('by tokens', () => {
    it('takes no token for none', async () => {
      await serve();
      const pass = await begin(server.url);
      expect((await fetch(path(pass))).status).to.equal(401);
      expect((await fetch(path(pass), { headers: { authorization: 'Basic YTpi' } })).status).to.equal(401);
      expect(await streamStatus(pass.streamUrl.replace(/[?&]t=[^&]*/, ''))).to.equal(401);
    });

    it('refuses forged ones: another key, changed claims, no signature, alg none, garbage', async () => {
      await serve();
      const pass = await begin(server.url);
      const [head = '', claims = '', signature = ''] = pass.token.split('.');
      const other = await new SignJWT(decode(claims))
        .setProtectedHeader({ alg: 'HS256' })
        .sign(Buffer.alloc(32, 8));
      const forged = [
        other,
        `${head}.${encode({ ...decode(claims), conv: 'somebody-elses' })}.${signature}`,
        `${head}.${encode({ ...decode(claims), exp: 9_999_999_999 })}.${signature}`,
        `${head}.${claims}.`,
        `${encode({ alg: 'none' })}.${claims}.`,
        `${encode({ alg: 'none' })}.${claims}.${signature}`,
        `${encode({ alg: 'HS512' })}.${claims}.${signature}`,
        'garbage',
        `${'a'.repeat(4000)}.b.c`,
      ];
      for (const token of forged) expect((await call(path(pass), token)).status, token).to.equal(403);
    });

    it('refuses one signed with the service secret itself, which is never a key', async () => {
      await serve();
      const pass = await begin(server.url);
      const claims = decode(pass.token.split('.')[1]);
      const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 7));
      expect((await call(path(pass), token)).status).to.equal(403);
    });

    it('refuses an expired one everywhere, renewing included', async () => {
      await serve();
      const pass = await begin(server.url);
      time += 3601 * 1000;
      expect((await call(path(pass), pass.token)).status).to.equal(403);
      expect((await call(`${server.url}/tokens/refresh`, pass.token, '')).status).to.equal(403);
      expect((await call(`${server.url}/conversations`, pass.token, {})).status).to.equal(403);
    });

    it("refuses a stream's token after a minute", async () => {
      await serve();
      const pass = await begin(server.url);
      time += 61 * 1000;
      expect(await streamStatus(pass.streamUrl)).to.equal(403);
    });

    it('refuses the token of one door at the other', async () => {
      await serve();
      const pass = await begin(server.url);
      const streamToken = new URL(pass.streamUrl).searchParams.get('t') ?? '';
      expect((await call(path(pass), streamToken)).status).to.equal(403);
      expect((await call(`${server.url}/tokens/refresh`, streamToken, '')).status).to.equal(403);
      const url = new URL(pass.streamUrl);
      url.searchParams.set('t', pass.token);
      expect(await streamStatus(url.href)).to.equal(403);
    });

    it('gives out the person who was asked for only where a token may carry the name', async () => {
      await serve();
      const userOf = async (id: unknown) =>
        decode((await generate(server.url, { user: { id } })).token.split('.')[1]).user;
      expect(await userOf('dl_anna')).to.equal('dl_anna');
      for (const id of ['sekretessassistenten', 'anna', 'dl_', `dl_${'a'.repeat(100)}`, 'dl_<b>'])
        expect(await userOf(id), id).to.match(/^dl_[\w-]{22}$/);
    });
  });

  describe('from elsewhere', () => {
    it('answers a foreign origin 403 everywhere, with nothing that lets its page read', async () => {
      await serve();
      const pass = await begin(server.url);
      for (const origin of [FOREIGN, 'null', `${ALLOWED}.evil.example.com`, 'http://allowed.example.com'])
        for (const response of [
          await fetch(`${server.url}/tokens/generate`, { method: 'POST', headers: { origin } }),
          await call(path(pass), pass.token, undefined, { origin }),
          await say(pass, 'hej').then(() => post(pass, { type: 'message', text: 'hej' }, { origin })),
          await fetch(path(pass), { method: 'OPTIONS', headers: { origin } }),
        ]) {
          expect(response.status, origin).to.equal(403);
          expect(response.headers.get('access-control-allow-origin'), origin).to.equal(null);
        }
      expect(await streamStatus(pass.streamUrl, { origin: FOREIGN })).to.equal(403);
    });

    it('tells an allowed origin, and no other, that it may', async () => {
      await serve();
      const pass = await begin(server.url);
      const preflight = await fetch(path(pass), { method: 'OPTIONS', headers: { origin: ALLOWED } });
      expect(preflight.status).to.equal(204);
      for (const name of ['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with'])
        expect(preflight.headers.get('access-control-allow-headers')).to.include(name);
      for (const response of [
        preflight,
        await call(path(pass), pass.token, undefined, { origin: ALLOWED }),
      ]) {
        expect(response.headers.get('access-control-allow-origin')).to.equal(ALLOWED);
        expect(response.headers.get('vary')).to.equal('Origin');
        expect(response.headers.get('access-control-allow-credentials')).to.equal(null);
      }
      expect(await streamStatus(pass.streamUrl, { origin: ALLOWED })).to.equal(101);
    });

    it('is not got round by writing the path differently', async () => {
      await serve();
      const pass = await begin(server.url);
      const headers = { origin: FOREIGN, authorization: `Bearer ${pass.token}` };
      const { conversationId: id } = pass;
      for (const target of [
        `/v3/%64irectline/conversations/${id}/activities`,
        `//v3//directline///conversations/${id}/activities`,
        `/v3/directline/./conversations/${id}/activities`,
        `/x/../v3/directline/conversations/${id}/activities`,
        `/V3/DirectLine/conversations/${id}/activities`,
        `/v3/directline/conversations/${id}/activities/`,
        `/v3/directline/conversations/${id}/activities;x=1`,
        `/v3/directline\\conversations\\${id}\\activities`,
      ]) {
        const { status, headers: answered } = await raw(target, headers);
        expect(status, target).to.be.oneOf([403, 404, 400]);
        expect(answered['access-control-allow-origin'], target).to.equal(undefined);
      }
    });

    it('gives no stream to a Host that is the caller’s word only', async () => {
      await serve();
      const pass = await begin(server.url);
      for (const host of ['evil.example.com', '127.0.0.1.evil.example.com', 'localhost@evil.example.com']) {
        const { status, body } = await raw(`/v3/directline/conversations/${pass.conversationId}`, {
          host,
          authorization: `Bearer ${pass.token}`,
        });
        expect(status, host).to.be.oneOf([400, 503]);
        expect(body).to.not.include('ws:');
      }
    });
  });

  describe('at other people’s conversations', () => {
    it('answers 403 to a conversation that is not the token’s, whether it exists or not', async () => {
      await serve();
      const [own, others] = [await begin(server.url), await begin(server.url)];
      await say(others, 'hemligt');
      const answers: string[] = [];
      for (const conversationId of [
        others.conversationId,
        'no-such-conversation',
        '..%2f..',
        '%00',
        "' OR 1=1 --",
      ])
        for (const rest of ['', '/activities']) {
          const target = `/v3/directline/conversations/${encodeURI(conversationId).replaceAll('%25', '%')}${rest}`;
          const { status, body } = await raw(target, { authorization: `Bearer ${own.token}` });
          expect(status, target).to.equal(403);
          answers.push(body);
        }
      expect(new Set(answers).size).to.equal(1);
      expect((await call(path(others), own.token, { type: 'message', text: 'hej' })).status).to.equal(403);
      expect(await activitiesOf(others)).to.have.length(4);
    });

    it('answers 403 to a stream of another conversation, and 404 beside the streams', async () => {
      await serve();
      const [own, others] = [await begin(server.url), await begin(server.url)];
      expect(await streamStatus(own.streamUrl.replace(own.conversationId, others.conversationId))).to.equal(
        403,
      );
      for (const each of [
        '/',
        '/v3/directline/conversations/a/b/stream',
        '/v3/directline/conversations/%2e%2e/stream',
      ])
        expect(await streamStatus(`ws://127.0.0.1:${server.port}${each}`), each).to.equal(404);
    });

    it('does not mix up two people whose clients chose the same clientActivityID', async () => {
      await serve();
      const [one, two] = [await begin(server.url), await begin(server.url)];
      const channelData = { clientActivityID: 'same' };
      await say(one, 'ett', { channelData });
      await say(two, 'två', { channelData });
      expect((await activitiesOf(one)).map((each) => each.text))
        .to.include('du sa ett')
        .and.not.include('två');
      expect((await activitiesOf(two)).map((each) => each.text))
        .to.include('du sa två')
        .and.not.include('ett');
    });

    it('lets nobody speak as somebody else, as the bot, or in another place or time', async () => {
      const heard: Heard[] = [];
      await serve({
        async hear(activity) {
          heard.push(activity as Heard);
          return echo(activity);
        },
      });
      const pass = await begin(server.url);
      await say(pass, 'hej', {
        id: 'mine',
        from: { id: 'sekretessassistenten', role: 'bot' },
        conversation: { id: 'other' },
        channelId: 'msteams',
        serviceUrl: 'https://evil.example.com',
        timestamp: '1999-01-01T00:00:00Z',
        recipient: { id: 'x' },
        replyToId: 'x',
      });
      const own = heard.find((each) => each.type === 'message') as Heard & Record<string, unknown>;
      expect(own.from).to.deep.include({ role: 'user' });
      expect(own.from.id).to.match(/^dl_/);
      expect(own.conversation.id).to.equal(pass.conversationId);
      expect(own).to.include({ channelId: 'directline', serviceUrl: 'http://127.0.0.1/' });
      expect(own.timestamp).to.not.include('1999');
      expect(own).to.not.have.property('replyToId');
    });
  });

  describe('by what is sent', () => {
    it('refuses a megabyte of text, and one character too many', async () => {
      await serve();
      const pass = await begin(server.url);
      expect((await say(pass, 'a'.repeat(1024 * 1024))).status).to.equal(413);
      const chunked = await fetch(path(pass), {
        method: 'POST',
        headers: { authorization: `Bearer ${pass.token}`, 'content-type': 'application/json' },
        body: new Blob(['a'.repeat(1024 * 1024)]).stream(),
        duplex: 'half',
      } as RequestInit);
      expect(chunked.status).to.equal(413);
      expect((await say(pass, 'å'.repeat(20_001))).status).to.equal(400);
      expect((await say(pass, 'å'.repeat(20_000))).status).to.equal(200);
    });

    it('gives HTML and script back as the text that they are', async () => {
      await serve();
      const pass = await begin(server.url);
      const text =
        '<script>alert(1)</script><img src=x onerror="alert(2)"> [x](javascript:alert(3)) \u0000\u202e';
      await say(pass, text, { textFormat: 'xml' });
      const own = (await activitiesOf(pass)).find((each) => each.text === text);
      expect(own).to.include({ textFormat: 'plain' });
      const response = await call(path(pass), pass.token);
      expect(response.headers.get('content-type')).to.include('application/json');
      expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
    });

    it('keeps no personal identity number, wherever in a message it stands', async () => {
      await serve();
      const pass = await begin(server.url);
      await say(pass, 'jag är 811218-9876', { value: { slots: ['19811218-9876'], name: '811218-9876' } });
      const kept = JSON.stringify(await activitiesOf(pass));
      expect(kept).to.include('jag är').and.not.include('9876');
    });

    it('answers broken JSON kindly, and does not quote it', async () => {
      await serve();
      const pass = await begin(server.url);
      for (const body of ['{"type":"message","text":"hemlig', 'hemlig', '{"a":1,}', '\ufeff\ufeff{}']) {
        const response = await post(pass, body);
        expect(response.status, body).to.equal(400);
        expect(await errorOf(response)).to.not.include('hemlig');
      }
    });

    it('answers wrong types kindly, and does not quote them', async () => {
      await serve();
      const pass = await begin(server.url);
      for (const body of [
        {},
        [],
        'null',
        '"hemlig"',
        { type: 'message', text: 1 },
        { type: 'message', text: ['hemlig'] },
        { type: 'message', text: { $gt: 'hemlig' } },
        { type: 'conversationUpdate', membersAdded: [{ id: 'hemlig' }] },
        { type: 'endOfConversation' },
        { type: 'invoke', name: 'hemlig' },
        { type: ['message'] },
        { type: 'message', text: 'x', channelData: { clientActivityID: 7 } },
        { type: 'message', text: 'x', channelData: 'hemlig' },
        { type: 'message', text: 'x', channelData: { clientActivityID: 'a'.repeat(1000) } },
        { type: 'message', text: 'x', value: 'a'.repeat(20_000) },
        { type: 'message', text: 'x', locale: 7 },
      ]) {
        const response = await post(pass, body);
        expect(response.status, JSON.stringify(body).slice(0, 100)).to.equal(400);
        expect(await errorOf(response))
          .to.be.a('string')
          .that.does.not.include('hemlig');
      }
      expect((await call(`${server.url}/conversations`, pass.token, { locale: [] })).status).to.equal(400);
      expect(await activitiesOf(pass)).to.deep.equal([]);
    });

    it('refuses attachments, uploads, forms and compressed bodies', async () => {
      await serve();
      const pass = await begin(server.url);
      const attachments = [{ contentType: 'image/png', contentUrl: 'https://example.com/x.png' }];
      const refused = await say(pass, 'x', { attachments });
      expect(refused.status).to.equal(400);
      expect(await errorOf(refused)).to.match(/attachments/);
      const { authorization } = { authorization: `Bearer ${pass.token}` };
      const form = new FormData();
      form.append('file', new Blob(['x']), 'x.txt');
      for (const rest of ['/upload?userId=x', '/activities'])
        expect(
          (await fetch(path(pass, rest), { method: 'POST', headers: { authorization }, body: form })).status,
        ).to.equal(415);
      const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 'a'));
      expect(bomb.length).to.be.lessThan(wideLimits.bodyBytes);
      const zipped = await fetch(path(pass), {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: bomb,
      });
      expect(zipped.status).to.equal(415);
    });

    it('refuses what nests too deep, and takes a prototype for a name', async () => {
      await serve();
      const pass = await begin(server.url);
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      expect((await post(pass, `{"type":"message","text":"x","value":${deep}}`)).status).to.equal(400);
      const sent =
        '{"type":"message","text":"x","channelData":{"__proto__":{"polluted":1}},"__proto__":{"text":"y"}}';
      expect((await post(pass, sent)).status).to.equal(200);
      expect(({} as { polluted?: number }).polluted).to.equal(undefined);
      expect((await activitiesOf(pass)).map((each) => each.text)).to.include('du sa x');
    });

    it('refuses watermarks that it never gave out, and waits for nothing that cannot come', async () => {
      await serve();
      const pass = await begin(server.url);
      await say(pass, 'ett');
      for (const watermark of ['-1', 'text', '1.5', '1e3', '9'.repeat(17), '9'.repeat(400), '%00', '0x10'])
        for (const rest of ['', '/activities']) {
          const response = await call(path(pass, `${rest}?watermark=${watermark}`), pass.token);
          expect(response.status, watermark).to.equal(400);
        }
      const bad = new URL(pass.streamUrl);
      bad.searchParams.set('watermark', '-1');
      expect(await streamStatus(bad.href)).to.equal(400);
      const ahead = (await (
        await call(path(pass, '?watermark=9000000000000000'), pass.token)
      ).json()) as Pass;
      const socket = new WebSocket(ahead.streamUrl);
      await once(socket, 'open');
      const received = once(socket, 'message');
      await say(pass, 'två');
      const [frame] = (await received) as [Buffer];
      expect(frame.toString()).to.include('två').and.not.include('ett');
      socket.close();
    });
  });

  describe('by much', () => {
    it('holds back who asks for many tokens, and says for how long', async () => {
      await serve({ limits: defaultLimits });
      const ask = () => fetch(`${server.url}/tokens/generate`, { method: 'POST' });
      const responses: Response[] = [];
      for (let count = 0; count < 70; count += 1) responses.push(await ask());
      expect(responses.filter((each) => each.status === 200)).to.have.length(60);
      expect(responses.at(-1)?.status).to.equal(429);
      expect(responses.at(-1)?.headers.get('retry-after')).to.equal('1');
      time += 1000;
      expect((await ask()).status).to.equal(200);
    });

    it('holds back who sends much, under a renewed token too', async () => {
      await serve({ limits: defaultLimits });
      const pass = await begin(server.url);
      const renewed = (await (await call(`${server.url}/tokens/refresh`, pass.token, '')).json()) as Pass;
      const statuses: number[] = [];
      for (let count = 0; count < 40; count += 1)
        statuses.push((await say({ ...(count % 2 ? pass : renewed) }, `${count}`)).status);
      expect(statuses.filter((status) => status === 200)).to.have.length(18);
      expect(statuses.filter((status) => status === 429)).to.have.length(22);
      expect((await say(await begin(server.url), 'någon annan')).status).to.equal(200);
      time += 1000;
      expect((await say(pass, 'igen')).status).to.equal(200);
    });

    it('keeps so much of one conversation and no more', async () => {
      await serve({ limits: { ...wideLimits, entries: 12 } });
      const pass = await begin(server.url);
      const statuses: number[] = [];
      for (let count = 0; count < 5; count += 1) statuses.push((await say(pass, `${count}`)).status);
      expect(statuses).to.deep.equal([200, 200, 200, 409, 409]);
    });

    it('opens so many streams of a thousand and refuses the others, and has room again afterwards', async () => {
      const streams = { ...defaultLimits.streams, perAddress: 1000, inAll: 200 };
      await serve({ limits: { ...wideLimits, streams } });
      const passes = await Promise.all(Array.from({ length: 200 }, () => begin(server.url)));
      const open: WebSocket[] = [];
      const statuses = await Promise.all(
        Array.from({ length: 1000 }, (_, index) => {
          const socket = new WebSocket(passes[index % 200]?.streamUrl ?? '');
          return new Promise<number>((resolve, reject) => {
            socket.on('open', () => {
              open.push(socket);
              resolve(101);
            });
            socket.on('unexpected-response', (request, response) => {
              resolve(response.statusCode ?? 0);
              request.destroy();
            });
            socket.on('error', reject);
          });
        }),
      );
      expect(statuses.filter((status) => status === 101)).to.have.length(200);
      expect(statuses.filter((status) => status === 503)).to.have.length(800);
      const pass = await begin(server.url);
      expect((await say(pass, 'och ändå')).status).to.equal(200);
      await Promise.all(
        open.map((socket) => {
          socket.close();
          return once(socket, 'close');
        }),
      );
      await until(async () => (await streamStatus(pass.streamUrl)) === 101);
    });

    it('opens so many streams for one address, and closes the oldest of one conversation', async () => {
      const streams = { ...defaultLimits.streams, perConversation: 2, perAddress: 3 };
      await serve({ limits: { ...wideLimits, streams } });
      const [pass, other] = [await begin(server.url), await begin(server.url)];
      const first = new WebSocket(pass.streamUrl);
      await once(first, 'open');
      const rest = [new WebSocket(pass.streamUrl), new WebSocket(other.streamUrl)];
      await Promise.all(rest.map((each) => once(each, 'open')));
      expect(await streamStatus(other.streamUrl)).to.equal(429);
      rest[1]?.close();
      await once(rest[1] as WebSocket, 'close');
      const closed = once(first, 'close');
      let third = await streamStatus(pass.streamUrl);
      for (; third === 429; third = await streamStatus(pass.streamUrl));
      expect(third).to.equal(101);
      expect((await closed)[0]).to.equal(1008);
      rest[0]?.close();
    });

    it('drops a client that does not read, and has lost nothing for it when it comes back', async () => {
      await serve();
      const pass = await begin(server.url);
      // A control character takes six bytes of JSON: some 14 MB wait, more than any socket's buffers take.
      for (let count = 0; count < 40; count += 1) await say(pass, '\u0001'.repeat(20_000));
      const received: string[] = [];
      let watermark = '';
      const listen = (url: string) => {
        const socket = new WebSocket(url);
        socket.on('message', (frame: Buffer) => {
          const group = JSON.parse(frame.toString()) as { activities: { id: string }[]; watermark: string };
          received.push(...group.activities.map((each) => each.id));
          watermark = group.watermark;
        });
        return socket;
      };
      const deaf = listen(pass.streamUrl);
      await once(deaf, 'open');
      deaf.pause();
      await new Promise((resolve) => setTimeout(resolve, 200));
      await say(pass, 'sist');
      const closed = once(deaf, 'close');
      deaf.resume();
      expect((await closed)[0]).to.equal(1006);
      expect(received.length).to.be.lessThan(165);
      const path = `${server.url}/conversations/${pass.conversationId}?watermark=${watermark}`;
      const again = (await (await call(path, pass.token)).json()) as Pass;
      const socket = listen(again.streamUrl);
      await until(async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return received.length >= 165;
      });
      expect(new Set(received).size).to.equal(165);
      expect(received).to.have.length(165);
      socket.close();
    });

    it('drops a client that answers no ping, and one that sends more than a word', async () => {
      const streams = { ...defaultLimits.streams, pingMs: 50 };
      await serve({ limits: { ...wideLimits, streams } });
      const pass = await begin(server.url);
      const deaf = new WebSocket(pass.streamUrl, { autoPong: false });
      const alive = new WebSocket(pass.streamUrl);
      expect((await once(deaf, 'close'))[0]).to.equal(1006);
      expect(alive.readyState).to.equal(WebSocket.OPEN);
      alive.send('');
      alive.send('hej');
      alive.send('a'.repeat(2000));
      expect((await once(alive, 'close'))[0]).to.equal(1009);
    });
  });

  describe('by a crash', () => {
    it('between keeping and answering leaves the activity for recover(), which answers it once', async () => {
      const transcripts = memoryTranscripts();
      const failures: object[] = [];
      let isBroken = true;
      const hear = async (activity: object) => {
        if (isBroken && (activity as Heard).type === 'message') throw new TypeError('hemligt');
        return echo(activity);
      };
      await serve({ transcripts, hear, log: (failure) => failures.push(failure) });
      const pass = await begin(server.url);
      const channelData = { clientActivityID: 'one' };
      const failed = await say(pass, 'ett', { channelData });
      expect(failed.status).to.equal(502);
      expect(await errorOf(failed)).to.not.include('hemligt');
      expect(failures).to.have.length(1);
      expect(JSON.stringify(failures)).to.include('TypeError').and.not.include('hemligt');
      await server.stop();

      isBroken = false;
      await serve({ transcripts, hear });
      const texts = async () => (await activitiesOf(pass)).flatMap((each) => (each.text ? [each.text] : []));
      expect(await texts()).to.deep.equal(['ett', 'du sa ett', 'var det allt om ett?']);
      await server.line.recover();
      expect((await say(pass, 'ett', { channelData })).status).to.equal(200);
      expect(await texts()).to.have.length(3);
    });

    it('is made good by sending the same activity again', async () => {
      let isBroken = true;
      await serve({
        async hear(activity) {
          if (isBroken && (activity as Heard).type === 'message') throw new Error('no');
          return echo(activity);
        },
      });
      const pass = await begin(server.url);
      const channelData = { clientActivityID: 'one' };
      expect((await say(pass, 'ett', { channelData })).status).to.equal(502);
      isBroken = false;
      expect((await say(pass, 'ett', { channelData })).status).to.equal(200);
      const texts = (await activitiesOf(pass)).flatMap((each) => (each.text ? [each.text] : []));
      expect(texts).to.deep.equal(['ett', 'du sa ett', 'var det allt om ett?']);
    });
  });
});

async function until(enough: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await enough()); )
    if (Date.now() > end) expect.fail('it did not come');
}
