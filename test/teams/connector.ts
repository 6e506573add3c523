import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const activitySchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  attachments: z.array(z.looseObject({ content: z.unknown() })).optional(),
});

/** What the bot sent to Teams, and where. */
export interface Sent {
  conversation: string;
  activity: z.infer<typeof activitySchema>;
}

/** Teams' side of the connector on this machine: takes what the bot sends, and begins personal chats. */
export async function someConnector() {
  const sent: Sent[] = [];
  const refused = new Set<string>();
  const waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const [, conversation] = /^\/v3\/conversations\/([^/]+)\/activities/.exec(request.url ?? '') ?? [];
    const answer = (status: number, value: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (request.method === 'POST' && request.url === '/v3/conversations') {
      const { members } = z.looseObject({ members: z.array(z.looseObject({ id: z.string() })) }).parse(body);
      const id = members[0]?.id ?? '';
      if (refused.has(id)) answer(403, { error: { code: 'BotNotInConversationRoster' } });
      else answer(201, { id: `chat-${id}` });
      return;
    }
    if (conversation)
      sent.push({ conversation: decodeURIComponent(conversation), activity: activitySchema.parse(body) });
    answer(200, { id: `sent-${sent.length}` });
    for (const wake of waiting.splice(0)) wake();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    /** Somebody who does not have the app: no chat can be begun with them. */
    refuse: (person: string) => refused.add(person),
    /** Waits until something has been sent that fits. */
    async until(fits: (each: Sent) => boolean, ms = 15_000): Promise<Sent> {
      const ends = Date.now() + ms;
      for (;;) {
        const found = sent.find(fits);
        if (found) return found;
        if (Date.now() > ends) throw new Error('nothing of the kind was sent');
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 200);
          waiting.push(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : null;
}
