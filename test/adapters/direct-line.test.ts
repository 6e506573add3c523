import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity, DirectLine as DirectLineClient } from 'botframework-directlinejs';
import { expect } from 'chai';
import { memoryTranscripts } from '../../src/adapters/memory/memory-transcripts.ts';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { sqliteTranscripts } from '../../src/adapters/sqlite/sqlite-transcripts.ts';
import {
  begin,
  call,
  type DirectLineServer,
  echo,
  generate,
  type Heard,
  type Pass,
  serveDirectLine,
} from './direct-line-server.ts';
import { XmlHttpRequest } from './xml-http-request.ts';

const { DirectLine } = createRequire(import.meta.url)('botframework-directlinejs') as {
  DirectLine: typeof DirectLineClient;
};

interface Group {
  activities: { id: string; text?: string; type: string; from: { id: string } }[];
  watermark: string;
}

describe('the Direct Line service', function () {
  // directlinejs waits three seconds before it connects again.
  this.timeout(30_000);
  let server: DirectLineServer;
  const clients: DirectLineClient[] = [];
  const before = (globalThis as { XMLHttpRequest?: unknown }).XMLHttpRequest;
  beforeEach(() => Object.assign(globalThis, { XMLHttpRequest: XmlHttpRequest }));
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end();
    await server.stop();
    Object.assign(globalThis, { XMLHttpRequest: before });
  });

  /** The real client, what it has received, and a way to wait for more of it. */
  const connect = async (options: object = {}) => {
    const { token } = await generate(server.url);
    const client = new DirectLine({
      domain: server.url,
      token,
      timeout: 1000,
      random: () => 0,
      ...options,
    } as never);
    clients.push(client);
    const received: Activity[] = [];
    client.activity$.subscribe(
      (activity) => received.push(activity),
      () => {},
    );
    return {
      client,
      received,
      texts: () => received.flatMap((each) => (each.type === 'message' ? [each.text] : [])),
      until: (enough: () => boolean) => until(enough, () => received),
      say: (text: string, changes: object = {}) =>
        new Promise<string>((resolve, reject) =>
          client
            .postActivity({ type: 'message', text, from: { id: 'me' }, ...changes } as never)
            .subscribe(resolve, reject),
        ),
    };
  };

  it('starts a conversation, greets in the language asked for, and answers in order', async () => {
    server = await serveDirectLine();
    const { texts, until, say } = await connect({ conversationStartProperties: { locale: 'en-GB' } });
    await until(() => texts().length === 1);
    for (const text of ['ett', 'två', 'tre']) expect(await say(text)).to.match(/\|/);
    await until(() => texts().length === 10);
    expect(texts()).to.deep.equal([
      'hej en-GB',
      ...['ett', 'två', 'tre'].flatMap((text) => [text, `du sa ${text}`, `var det allt om ${text}?`]),
    ]);
  });

  it('gives a person their own activity back, with the id that their client gave it', async () => {
    server = await serveDirectLine();
    const { received, until, say } = await connect();
    const id = await say('hej', { channelData: { clientActivityID: 'mine' } });
    await until(() => received.some((each) => each.id === id));
    const own = received.find((each) => each.id === id);
    expect(own?.channelData).to.deep.equal({ clientActivityID: 'mine' });
    expect(own?.from.id).to.match(/^dl_/);
    expect(own).to.include({ textFormat: 'plain' });
    await until(() => received.some((each) => (each as { replyToId?: string }).replyToId === id));
  });

  it('gives what is said to a client that polls', async () => {
    server = await serveDirectLine();
    const { texts, until, say } = await connect({ webSocket: false, pollingInterval: 200 });
    await until(() => texts().length === 1);
    await say('ett');
    await until(() => texts().length === 4);
    await say('två');
    await until(() => texts().length === 7);
    expect(texts().slice(-3)).to.deep.equal(['två', 'du sa två', 'var det allt om två?']);
  });

  it('renews a token, and the new one opens the same conversation for the same person', async () => {
    server = await serveDirectLine();
    const { conversationId, token } = await begin(server.url);
    const renewed = (await (await call(`${server.url}/tokens/refresh`, token, '')).json()) as Pass;
    expect(renewed).to.include({ conversationId, expires_in: 3600 });
    const sent = await call(`${server.url}/conversations/${conversationId}/activities`, renewed.token, {
      type: 'message',
      text: 'hej',
    });
    expect(sent.status).to.equal(200);
  });

  it('lets the client come back when its connection was cut, with nothing lost or doubled', async () => {
    server = await serveDirectLine();
    const { client, texts, received, until, say } = await connect();
    await say('ett');
    await until(() => texts().length === 4);
    const { conversationId } = client as unknown as Pass;
    // The oldest of six streams is closed: the client's own.
    const { token } = client as unknown as Pass;
    const others: WebSocket[] = [];
    for (let count = 0; count < 5; count += 1) {
      const { streamUrl } = (await (
        await call(`${server.url}/conversations/${conversationId}`, token)
      ).json()) as Pass;
      others.push(new WebSocket(streamUrl));
    }
    await new Promise((resolve) => others.at(-1)?.addEventListener('message', resolve));
    await say('två');
    for (const each of others) each.close();
    await until(() => texts().length === 7);
    expect(texts().slice(-3)).to.deep.equal(['två', 'du sa två', 'var det allt om två?']);
    expect(new Set(received.map((each) => each.id)).size).to.equal(received.length);
  });

  it('goes on after a restart on the same file while the client stays', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'direct-line-'));
    const file = join(folder, 'assistant.db');
    const first = openDatabase(file);
    server = await serveDirectLine({ transcripts: sqliteTranscripts(first) });
    const { client, texts, received, until, say } = await connect();
    await say('ett');
    await until(() => texts().length === 4);
    const { port, url } = server;
    await server.stop();
    first.close();

    const second = openDatabase(file);
    server = await serveDirectLine({ transcripts: sqliteTranscripts(second) }, port);
    // Said before the client is back, from a second window.
    const { token, conversationId } = client as unknown as Pass;
    await call(`${url}/conversations/${conversationId}/activities`, token, { type: 'message', text: 'två' });
    await until(() => texts().length === 7);
    await say('tre');
    await until(() => texts().length === 10);
    expect(
      texts()
        .slice(1)
        .filter((_, index) => index % 3 === 0),
    ).to.deep.equal(['ett', 'två', 'tre']);
    expect(new Set(received.map((each) => each.id)).size).to.equal(received.length);
    client.end();
    await server.stop();
    second.close();
    rmSync(folder, { recursive: true });
    server = await serveDirectLine();
  });

  it('greets once, however often a conversation is started', async () => {
    const starts: string[] = [];
    server = await serveDirectLine({
      async hear(activity) {
        starts.push((activity as Heard).id);
        return echo(activity);
      },
    });
    const { token } = await generate(server.url);
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1)
      statuses.push((await call(`${server.url}/conversations`, token, {})).status);
    const { conversationId } = await begin(server.url);
    expect(statuses).to.deep.equal([201, 200, 200]);
    await until(
      () => starts.length === 2,
      () => starts,
    );
    expect(starts[1]).to.include(conversationId);
  });

  it('greets in the language that the token was asked for with, where the start names none', async () => {
    server = await serveDirectLine();
    const { token } = await generate(server.url, { locale: 'sv-SE' });
    const { conversationId } = (await (await call(`${server.url}/conversations`, token, {})).json()) as Pass;
    const [greeting] = (await readAll(token, conversationId, 1)).activities;
    expect(greeting?.text).to.equal('hej sv-SE');
  });

  it('reads on after a watermark', async () => {
    server = await serveDirectLine();
    const { token, conversationId } = await begin(server.url);
    const post = (text: string) =>
      call(`${server.url}/conversations/${conversationId}/activities`, token, { type: 'message', text });
    await post('ett');
    const { watermark } = await readAll(token, conversationId, 5);
    await post('två');
    const rest = await readAll(token, conversationId, 4, watermark);
    expect(rest.activities[0]?.text).to.equal('två');
    expect((await readAll(token, conversationId, 0, rest.watermark)).watermark).to.equal(rest.watermark);
  });

  it('takes an activity that is sent twice once, and gives the same id, even while the first is under way', async () => {
    let turns = 0;
    server = await serveDirectLine({
      async hear(activity) {
        if ((activity as Heard).type === 'message') turns += 1;
        return echo(activity);
      },
    });
    const { token, conversationId } = await begin(server.url);
    const post = async () => {
      const sent = { type: 'message', text: 'en gång', channelData: { clientActivityID: 'one' } };
      const path = `${server.url}/conversations/${conversationId}/activities`;
      return ((await (await call(path, token, sent)).json()) as { id: string }).id;
    };
    const ids = [...(await Promise.all([post(), post()])), await post()];
    expect(new Set(ids).size).to.equal(1);
    expect(turns).to.equal(1);
    expect((await readAll(token, conversationId, 5)).activities).to.have.length(5);
  });

  it('handles the activities of one conversation one after the other', async () => {
    let under = 0;
    let most = 0;
    server = await serveDirectLine({
      async hear(activity) {
        under += 1;
        most = Math.max(most, under);
        await new Promise((resolve) => setTimeout(resolve, 5));
        under -= 1;
        return echo(activity);
      },
    });
    const { token, conversationId } = await begin(server.url);
    const path = `${server.url}/conversations/${conversationId}/activities`;
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => call(path, token, { type: 'message', text: `${index}` })),
    );
    expect(most).to.equal(1);
    const { activities } = await readAll(token, conversationId, 33);
    const own = activities
      .map((each, index) => [each, index] as const)
      .filter(([each]) => each.from.id.startsWith('dl_'));
    for (const [each, index] of own) expect(activities[index + 2]?.text).to.equal(`du sa ${each.text}`);
  });

  it('forgets a conversation when its last words have been said, closes its streams, and talks on', async () => {
    const transcripts = memoryTranscripts();
    server = await serveDirectLine({
      transcripts,
      async hear(activity) {
        const { text, conversation } = activity as Heard;
        if (text !== 'glöm mig') return echo(activity);
        await server.line.forget(`directline/${conversation.id}`);
        return [{ type: 'message', text: 'glömt' }];
      },
    });
    const { texts, client, until, say } = await connect();
    await say('jag heter Anna');
    await say('glöm mig');
    await until(() => texts().includes('glömt'));
    const { conversationId } = client as unknown as Pass;
    const kept = await transcripts.read(conversationId, 0, 100, new Date());
    expect(kept.map((entry) => (entry.body as { text: string }).text)).to.deep.equal(['glömt']);
    await say('är du kvar?');
    await until(() => texts().includes('du sa är du kvar?'));
    expect(texts().filter((text) => text === 'glömt')).to.have.length(1);
    await server.line.forget(`directline/${conversationId}`);
    expect((await transcripts.extent(conversationId, new Date())).entries).to.equal(0);
  });

  it('gives the address of the stream at the public address', async () => {
    server = await serveDirectLine({ publicUrl: 'https://bot.example.com' });
    const { streamUrl } = await begin(server.url);
    expect(streamUrl).to.match(/^wss:\/\/bot\.example\.com\/v3\/directline\/conversations\//);
  });

  const readAll = async (token: string, conversation: string, count: number, watermark = '') => {
    const path = `${server.url}/conversations/${conversation}/activities?watermark=${watermark}`;
    let group: Group = { activities: [], watermark };
    await until(
      async () => {
        group = (await (await call(path, token)).json()) as Group;
        return group.activities.length >= count;
      },
      () => group,
    );
    return group;
  };
});

async function until(enough: () => boolean | Promise<boolean>, seen: () => unknown): Promise<void> {
  for (const end = Date.now() + 15_000; !(await enough()); ) {
    if (Date.now() > end) expect.fail(`it did not come; there was ${JSON.stringify(seen()).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
