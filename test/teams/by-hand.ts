import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Card, cardSchema, cardText, partsOf } from './card-parts.ts';
import { type Sent, someConnector } from './connector.ts';
import type { TeamsChat } from './teams-chat.ts';

// What Teams sends for what a person does, as activities over HTTP, written after those of the Playground (0.2.28).
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

/** A person in Teams whose client is this test; `endpoint` is the bot's. */
export async function startByHand(endpoint: string): Promise<TeamsChat> {
  const connector = await someConnector();
  const shown = new Map<Sent, Card>();
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
        serviceUrl: connector.url,
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
  // One object for one card: what is filled in is kept by it.
  const cardIn = (sent: Sent) => {
    const card = shown.get(sent) ?? cardSchema.safeParse(sent.activity.attachments?.[0]?.content).data;
    if (card) shown.set(sent, card);
    return card;
  };
  const textOf = (sent: Sent) => {
    const card = cardIn(sent);
    return card ? cardText(card) : (sent.activity.text ?? '');
  };
  // A chat that the bot begins is the person's own.
  const isHere = ({ conversation }: Sent) =>
    conversation === chat || (chat === 'personal' && conversation.startsWith('chat-'));
  const holding = (words: string) => (sent: Sent) => isHere(sent) && textOf(sent).includes(words);
  const newest = async (words: string): Promise<Sent> => {
    const first = await connector.until(holding(words));
    return connector.sent.findLast(holding(words)) ?? first;
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
  const pressed = (card: Card, button: string) => {
    const parts = partsOf(card);
    const action = parts.find((part) => part.type.startsWith('Action.') && part.title === button);
    if (!action) throw new Error(`No button is called "${button}"`);
    const inputs = parts.filter(({ type }) => type.startsWith('Input.'));
    const held = Object.fromEntries(inputs.map(({ id, value }) => [String(id), String(value ?? '')]));
    const values = action.associatedInputs === 'none' ? {} : { ...held, ...filled.get(card) };
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
    sees: async (words) => textOf(await newest(words)),
    misses: async (words) => !connector.sent.some(holding(words)),
    count: async () => connector.sent.filter(isHere).length,
    async fill(words, fields) {
      const card = cardIn(await newest(words));
      if (!card) throw new Error('This message is no card');
      fillIn(card, fields);
    },
    async press(words, button) {
      const message = await newest(words);
      const card = cardIn(message);
      if (!card) throw new Error('This message is no card');
      const { action, data } = pressed(card, button);
      const value = { action: { type: 'Action.Execute', verb: action.verb, data }, trigger: 'manual' };
      const answer = cardAnswerSchema.parse(await invoke('adaptiveCard/action', value));
      const next = cardSchema.safeParse(answer.value).data;
      if (next) shown.set(message, next);
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
    async act(said) {
      const body = { contentType: 'html', content: said };
      const messagePayload = { id: '1', createdDateTime: new Date().toISOString(), body };
      const value =
        said === undefined
          ? { commandId: 'fileRequest', commandContext: 'compose' }
          : { commandId: 'fileRequest', commandContext: 'message', messagePayload };
      const answer = dialogSchema.parse(await invoke('composeExtension/fetchTask', value));
      dialog = answer.task.value.card.content;
      return `${answer.task.value.title}\n${cardText(dialog)}`;
    },
    async submit(fields, button, words) {
      if (!dialog) throw new Error('No dialog is open');
      fillIn(dialog, fields);
      const value = {
        commandId: 'fileRequest',
        commandContext: 'compose',
        data: pressed(dialog, button).data,
      };
      dialog = dialogSchema.parse(await invoke('composeExtension/submitAction', value)).task.value.card
        .content;
      const text = cardText(dialog);
      if (!text.includes(words)) throw new Error(`The dialog does not show "${words}"`);
      return text;
    },
    async stop() {
      await connector.close();
    },
  };
}
