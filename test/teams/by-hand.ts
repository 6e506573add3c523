import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { TeamsChat } from './teams-chat.ts';

// What Teams sends for what a person does, and the connector that a bot answers to, as activities over HTTP. It holds
// for the Playground's activities too (0.2.28), which it was written after.
const element = z.looseObject({ type: z.string() });
const cardSchema = z.looseObject({ type: z.literal('AdaptiveCard') });
const activitySchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  attachments: z.array(z.looseObject({ content: z.unknown() })).optional(),
});
const cardAnswerSchema = z.object({ statusCode: z.number(), type: z.string(), value: z.unknown() });
const foundSchema = z.object({
  composeExtension: z.looseObject({
    attachments: z.array(
      z.looseObject({
        content: cardSchema,
        preview: z.looseObject({ content: z.looseObject({ title: z.string() }) }),
      }),
    ),
  }),
});
const dialogSchema = z.object({
  task: z.looseObject({
    value: z.looseObject({ title: z.string(), card: z.looseObject({ content: cardSchema }) }),
  }),
});

type Card = z.infer<typeof cardSchema>;
interface Message {
  chat: string;
  text: string;
  card: Card | null;
}

/** A person in Teams whose client is this test; `endpoint` is the bot's. */
export async function startByHand(endpoint: string): Promise<TeamsChat> {
  const messages: Message[] = [];
  const server = createServer(async (request, response) => {
    const chat = /conversations\/([^/]+)\/activities/.exec(request.url ?? '')?.[1];
    const body: unknown = JSON.parse(await bodyOf(request));
    // A conversation that the bot begins is the person's chat with it.
    if (chat) messages.push(messageOf(decodeURIComponent(chat), activitySchema.parse(body)));
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: chat ? randomUUID() : 'personal' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  let chat = 'personal';
  const filled = new Map<Card, Record<string, string>>();
  let found: z.infer<typeof foundSchema> | undefined;
  let dialog: Card | undefined;

  const post = async (activity: object): Promise<unknown> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: randomUUID(),
        channelId: 'msteams',
        serviceUrl: `http://127.0.0.1:${port}`,
        from: { id: '29:person', name: 'Alex', aadObjectId: '0a0a0a0a-0000-4000-8000-000000000001' },
        recipient: { id: '28:bot', name: 'Bot' },
        conversation: {
          id: chat,
          tenantId: '0b0b0b0b-0000-4000-8000-000000000001',
          conversationType: chat === 'group' ? 'groupChat' : 'personal',
          ...(chat === 'group' ? { isGroup: true } : {}),
        },
        channelData: { tenant: { id: '0b0b0b0b-0000-4000-8000-000000000001' } },
        locale: 'en-US',
        timestamp: new Date().toISOString(),
        ...activity,
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The bot answered ${response.status}`);
    return text ? JSON.parse(text) : null;
  };
  const invoke = (name: string, value: object) => post({ type: 'invoke', name, value });
  const holding = (words: string) =>
    messages.filter((message) => message.chat === chat && textOf(message).includes(words)).at(-1);
  const newest = (words: string): Message => {
    const message = holding(words);
    if (!message) throw new Error(`No message holds "${words}"`);
    return message;
  };
  const fillIn = (card: Card, fields: Record<string, string>) => {
    const inputs = partsOf(card).filter(({ type }) => type.startsWith('Input.'));
    const values = filled.get(card) ?? {};
    for (const [label, value] of Object.entries(fields)) {
      const input = inputs.find((each) => String(each.label).startsWith(label));
      if (!input) throw new Error(`No field is called "${label}"`);
      const choices = z
        .array(z.object({ title: z.string(), value: z.string() }))
        .safeParse(input.choices).data;
      values[String(input.id)] = choices?.find(({ title }) => title === value)?.value ?? value;
    }
    filled.set(card, values);
  };
  const sent = (card: Card, button: string) => {
    const parts = partsOf(card);
    const action = parts.find((part) => part.type.startsWith('Action.') && part.title === button);
    if (!action) throw new Error(`No button is called "${button}"`);
    const inputs = parts.filter(({ type }) => type.startsWith('Input.'));
    const shown = Object.fromEntries(inputs.map(({ id, value }) => [String(id), String(value ?? '')]));
    const values = action.associatedInputs === 'none' ? {} : { ...shown, ...filled.get(card) };
    return { action, data: { ...(action.data as object), ...values } };
  };

  return {
    async open(next) {
      chat = next;
    },
    async say(text) {
      const mention = { type: 'mention', mentioned: { id: '28:bot', name: 'Bot' }, text: '<at>Bot</at>' };
      if (chat === 'group')
        await post({ type: 'message', text: `<at>Bot</at> ${text}`, entities: [mention] });
      else await post({ type: 'message', text });
    },
    sees: async (words) => textOf(newest(words)),
    misses: async (words) => holding(words) === undefined,
    count: async () => messages.filter((message) => message.chat === chat).length,
    async fill(words, fields) {
      const { card } = newest(words);
      if (card) fillIn(card, fields);
    },
    async press(words, button) {
      const message = newest(words);
      if (!message.card) throw new Error('This message is no card');
      const { action, data } = sent(message.card, button);
      const value = { action: { type: 'Action.Execute', verb: action.verb, data }, trigger: 'manual' };
      const answer = cardAnswerSchema.parse(await invoke('adaptiveCard/action', value));
      const card = cardSchema.safeParse(answer.value).data;
      if (card) message.card = card;
    },
    async search(query) {
      const value = {
        commandId: 'searchNotice',
        parameters: [{ name: 'query', value: query }],
        queryOptions: { skip: 0, count: 25 },
      };
      found = foundSchema.parse(await invoke('composeExtension/query', value));
      return found.composeExtension.attachments.map(({ preview }) => preview.content.title);
    },
    async insert() {
      const [first] = found?.composeExtension.attachments ?? [];
      return first ? cardText(first.content) : '';
    },
    async act() {
      const value = { commandId: 'fileRequest', commandContext: 'compose' };
      const answer = dialogSchema.parse(await invoke('composeExtension/fetchTask', value));
      dialog = answer.task.value.card.content;
      return `${answer.task.value.title}\n${cardText(dialog)}`;
    },
    async submit(fields, button, words) {
      if (!dialog) throw new Error('No dialog is open');
      fillIn(dialog, fields);
      const value = { commandId: 'fileRequest', commandContext: 'compose', data: sent(dialog, button).data };
      dialog = dialogSchema.parse(await invoke('composeExtension/submitAction', value)).task.value.card
        .content;
      const text = cardText(dialog);
      if (!text.includes(words)) throw new Error(`The dialog does not show "${words}"`);
      return text;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body || '{}';
}

function messageOf(chat: string, { text, attachments }: z.infer<typeof activitySchema>): Message {
  return { chat, text: text ?? '', card: cardSchema.safeParse(attachments?.[0]?.content).data ?? null };
}

// Every element and action of a card, those of its inner cards among them.
function partsOf(value: unknown): z.infer<typeof element>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, part]) => (key === 'refresh' ? [] : partsOf(part)));
  const own = element.safeParse(value).data;
  return own ? [own, ...inner] : inner;
}

function textOf({ text, card }: Message): string {
  return card ? `${text}\n${cardText(card)}` : text;
}

// What can be read on a card before anything on it is opened.
function cardText(card: Card): string {
  const lines: string[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (['text', 'title', 'value', 'label'].includes(key) && typeof part === 'string') lines.push(part);
      else if (!['refresh', 'data', 'choices', 'card'].includes(key)) walk(part);
    }
  };
  walk(card.body);
  walk(card.actions);
  return lines.join('\n');
}
