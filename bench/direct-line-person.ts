import { Agent, request } from 'node:http';
import WebSocket from 'ws';
import { z } from 'zod';

const passSchema = z.object({
  conversationId: z.string(),
  token: z.string(),
  streamUrl: z.string().optional(),
});
const activitySchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  conversation: z.object({ id: z.string() }),
  replyToId: z.string().optional(),
});
const groupSchema = z.object({ activities: z.array(activitySchema), watermark: z.string() });
const sentSchema = z.object({ id: z.string() });

/** What one person saw. Times in milliseconds. */
export interface Seen {
  asked: number;
  refused: number;
  reconnections: number;
  received: number;
  lost: number;
  doubled: number;
  foreign: number;
  disordered: number;
  /** From sending a question to the first words of its answer on the stream. */
  waits: number[];
}

const QUESTIONS = [
  'hur länge sparar ni mitt cv?',
  'vem är ansvarig för mina uppgifter?',
  'får polisen se mitt cv?',
  'do you sell my data?',
  'säljer ni mina uppgifter vidare?',
  'vilka uppgifter samlar ni in om mig?',
  'hur kontaktar jag dataskyddsombudet?',
  'what is hotjar?',
];
const PACE_MS = 2000;

/**
 * Talks for a while from an address of their own on this machine, and then compares what the stream brought with
 * what the service has kept. Every tenth person's stream is cut again and again.
 */
export async function converse(base: string, index: number, until: number): Promise<Seen> {
  const localAddress = `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`;
  const agent = new Agent({ keepAlive: true, localAddress });
  const call = clientOf(base, agent);
  const { token } = passSchema.parse((await callAgain(call, 'POST', '/tokens/generate')).body);
  const start = passSchema.parse(
    (await callAgain(call, 'POST', '/conversations', token, { locale: 'sv-SE' })).body,
  );
  const path = `/conversations/${start.conversationId}`;
  const seen: Seen = {
    asked: 0,
    refused: 0,
    reconnections: 0,
    received: 0,
    lost: 0,
    doubled: 0,
    foreign: 0,
    disordered: 0,
    waits: [],
  };
  const received: string[] = [];
  const firstWords = new Map<string, number>();
  let watermark = '';
  const listen = async (url: string) => {
    const socket = new WebSocket(url, { localAddress } as WebSocket.ClientOptions);
    socket.on('message', (frame) => {
      const group = groupSchema.parse(JSON.parse(frame.toString()));
      watermark = group.watermark;
      for (const activity of group.activities) {
        received.push(activity.id);
        if (activity.conversation.id !== start.conversationId) seen.foreign += 1;
        const to = activity.replyToId;
        if (to && activity.type === 'message' && !firstWords.has(to)) firstWords.set(to, performance.now());
      }
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return socket;
  };

  let socket = await listen(start.streamUrl ?? '');
  await sleep(Math.random() * PACE_MS);
  for (let turn = 0; performance.now() < until; turn += 1) {
    const began = performance.now();
    const text = QUESTIONS[(turn + index) % QUESTIONS.length];
    const channelData = { clientActivityID: `${index}/${turn}` };
    const answer = await callAgain(call, 'POST', `${path}/activities`, token, {
      type: 'message',
      text,
      channelData,
    });
    seen.asked += 1;
    if (answer.status === 200) {
      const { id } = sentSchema.parse(answer.body);
      // The stream may be a moment behind the answer to the sending.
      for (let wait = 0; wait < 1000 && !firstWords.has(id); wait += 1) await sleep(2);
      seen.waits.push((firstWords.get(id) ?? Number.POSITIVE_INFINITY) - began);
    } else seen.refused += 1;
    await sleep(Math.max(0, PACE_MS - (performance.now() - began)) * (0.8 + Math.random() * 0.4));
    if (index % 10 === 0 && turn % 5 === 4) {
      socket.terminate();
      const again = passSchema.parse(
        (await callAgain(call, 'GET', `${path}?watermark=${watermark}`, token)).body,
      );
      socket = await listen(again.streamUrl ?? '');
      seen.reconnections += 1;
    }
  }
  await sleep(1000);
  socket.terminate();

  const kept = await readAll(call, path, token);
  const unique = new Set(received);
  seen.received = received.length;
  seen.doubled = received.length - unique.size;
  seen.lost = kept.filter((id) => !unique.has(id)).length;
  seen.disordered = [...unique].filter((id, place) => id !== kept[place]).length;
  agent.destroy();
  return seen;
}

type Call = ReturnType<typeof clientOf>;

/** Asks again where a resting connection was closed meanwhile, as browsers do; the activity's id makes it the same one. */
async function callAgain(call: Call, ...request: Parameters<Call>): ReturnType<Call> {
  return call(...request).catch(() => call(...request));
}

async function readAll(call: Call, path: string, token: string): Promise<string[]> {
  const ids: string[] = [];
  for (let watermark = ''; ; ) {
    const { body } = await callAgain(call, 'GET', `${path}/activities?watermark=${watermark}`, token);
    const group = groupSchema.parse(body);
    if (group.activities.length === 0) return ids;
    ids.push(...group.activities.map((activity) => activity.id));
    watermark = group.watermark;
  }
}

function clientOf(base: string, agent: Agent) {
  return (method: string, path: string, token?: string, body?: object) =>
    new Promise<{ status: number; body: unknown }>((resolve, reject) => {
      const headers = {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      };
      const sent = request(`${base}/v3/directline${path}`, { method, agent, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
      });
      sent.on('error', reject);
      sent.end(body ? JSON.stringify(body) : undefined);
    });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
