import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { maskPersonalNumbers } from '../../conversation/personal-number.ts';
import type { TranscriptEntry } from '../../conversation/transcript-store.ts';
import type { Bearer } from './tokens.ts';

/** The bot as its readers see it. */
export const BOT = { id: 'sekretessassistenten', name: 'Sekretessassistenten', role: 'bot' };

const CHANNEL = 'directline';
// In process nothing is ever posted there, and a bot that did so all the same would only reach this machine.
const SERVICE_URL = 'http://127.0.0.1/';
const MAX_TEXT = 20_000;
// What Web Chat and the cards send along is well below 2 KB; what nests deeper than this nobody wrote by hand.
const MAX_EXTRA = 16 * 1024;
const MAX_DEPTH = 32;

const extra = z
  .unknown()
  .refine((value) => nestsAtMost(value, MAX_DEPTH), `may nest ${MAX_DEPTH} levels deep at most`)
  .refine(
    // Beyond that depth writing it down would overflow the stack.
    (value) => !nestsAtMost(value, MAX_DEPTH) || (JSON.stringify(value)?.length ?? 0) <= MAX_EXTRA,
    `may have ${MAX_EXTRA} characters at most`,
  );
const clientIdSchema = z.object({ clientActivityID: z.string().min(1).max(200).optional() });
// A browser may name its language in a way of its own: what is no tag is left out.
const locale = z
  .string()
  .max(100)
  .transform((tag) => (/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag) ? tag : undefined));

/** What a person may send. Everything not named is left out; who it is from is not the client's to say. */
export const sentSchema = z.object({
  type: z.enum(['message', 'event']),
  name: z.string().max(100).optional(),
  text: z.string().max(MAX_TEXT, `may have ${MAX_TEXT} characters at most`).optional(),
  locale: locale.optional(),
  localTimestamp: z.string().max(50).optional(),
  localTimezone: z.string().max(50).optional(),
  value: extra.optional(),
  channelData: extra
    .refine((value) => value == null || clientIdSchema.safeParse(value).success, 'has a bad clientActivityID')
    .optional(),
  attachments: z.array(z.unknown()).max(0, 'are not taken').optional(),
});
export type Sent = z.infer<typeof sentSchema>;

/** What a token is asked for, and a conversation started, with. */
export const startSchema = z
  .object({ user: z.object({ id: z.string().max(200).optional() }).optional(), locale: locale.optional() })
  .default({});

/** A person's activity as it is kept and read. The same clientActivityID in one conversation gives the same id. */
export function sentEntry(sent: Sent, { conversation, user }: Bearer, now: Date): TranscriptEntry {
  const { attachments: _none, ...rest } = sent;
  const key = clientIdSchema.safeParse(sent.channelData).data?.clientActivityID ?? randomUUID();
  const id = `${conversation}|${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;
  const body = {
    // Before it is kept: a personal identity number is stored nowhere.
    ...withoutPersonalNumbers(rest),
    // A person's text is text, whatever they or their client call it.
    ...(sent.type === 'message' ? { textFormat: 'plain' } : {}),
    ...common(id, conversation, now),
    from: { id: user, role: 'user' },
  };
  return { id, body, isShown: true, awaitsAnswer: true };
}

/** That a person has come, which makes the bot greet: once in a conversation, whatever id it is delivered under. */
export function startEntry(
  { conversation, user }: Bearer,
  tag: string | undefined,
  now: Date,
): TranscriptEntry {
  const id = `${conversation}|start`;
  const body = {
    type: 'conversationUpdate',
    ...common(id, conversation, now),
    from: { id: user, role: 'user' },
    membersAdded: [{ id: user }],
    ...(tag ? { locale: tag } : {}),
  };
  return { id, body, isShown: false, awaitsAnswer: true };
}

/** The complete activity that the bot hears. */
export function heard(entry: TranscriptEntry): object {
  return { ...(entry.body as object), serviceUrl: SERVICE_URL, recipient: BOT };
}

/** What the bot says to an entry, as it is kept and read: the same ids however often it says so. */
export function replyEntries(
  conversation: string,
  to: TranscriptEntry,
  replies: readonly object[],
  now: Date,
): TranscriptEntry[] {
  return replies.map((reply, index) => {
    const id = `${to.id}|${index + 1}`;
    const body = { ...reply, ...common(id, conversation, now), from: BOT, replyToId: to.id };
    return { id, body, isShown: true, awaitsAnswer: false };
  });
}

function common(id: string, conversation: string, now: Date) {
  return { id, timestamp: now.toISOString(), channelId: CHANNEL, conversation: { id: conversation } };
}

function nestsAtMost(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => nestsAtMost(each, levels - 1));
}

function withoutPersonalNumbers<Value>(value: Value): Value {
  if (typeof value === 'string') return maskPersonalNumbers(value).text as Value;
  if (Array.isArray(value)) return value.map(withoutPersonalNumbers) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const masked = Object.entries(value).map(([key, each]) => [key, withoutPersonalNumbers(each)]);
  return Object.fromEntries(masked) as Value;
}
