import { z } from 'zod';
import type { Locale } from '../text/words.ts';

const slots = z.record(z.string(), z.string());
const choice = z.union([
  z.object({ do: z.literal('ask'), passage: z.string() }),
  z.object({ do: z.literal('request'), type: z.string() }),
  z.object({ do: z.literal('say'), intent: z.string() }),
  z.object({ do: z.enum(['switch', 'queue', 'keep']), type: z.string() }),
  z.object({ do: z.enum(['amend', 'withdraw']), number: z.string() }),
  z.object({ do: z.literal('rate'), passage: z.string(), good: z.boolean() }),
  z.object({ do: z.enum(['none', 'handoff', 'message', 'unconnected']) }),
]);

/** A request being filled in. */
const openRequest = z.object({
  /** The turn that began it and its type: however often it is confirmed, it makes one ticket. */
  key: z.string(),
  type: z.string(),
  slots,
  /** The slot asked for last; null once the summary is shown. */
  asksFor: z.string().nullable(),
  stage: z.enum(['filling', 'summary']),
  /** Slots the person would rather not fill. */
  skipped: z.array(z.string()),
  /** Filed for somebody else, by a recruiter or a parent, say. */
  behalf: z.boolean(),
  /** The number of the ticket that it changes; null: it makes a ticket of its own. */
  amends: z.string().nullable().default(null),
  /** The slots of that ticket when it was opened: what differs from them is what the person changes. */
  was: slots.default({}),
});

/** A ticket that somebody asks about, and what has to come before it is told or done. */
const following = z.object({
  number: z.string(),
  wants: z.enum(['status', 'withdraw', 'amend']),
  /** The address that the ticket is about, the code sent there, or a yes. */
  awaits: z.enum(['email', 'code', 'yes']),
  /** The ticket that number and address have led to; null: none, and the code is awaited all the same. */
  ticketId: z.string().nullable(),
});

/** A passage that answered something, and how it read then. */
const quoted = z.object({ passage: z.string(), hash: z.string() });

/** Something said, in short. */
const said = z.object({ by: z.enum(['person', 'assistant']), text: z.string() });

const VERSION = 2;

export const stateSchema = z.object({
  version: z.literal(VERSION),
  locale: z.enum(['sv', 'en']),
  request: openRequest.nullable(),
  /** Request types to go on with when the open one is done. */
  queue: z.array(z.string()),
  /** What the last message offered to pick from. */
  choices: z.array(choice),
  /** The last question, masked, and the passages it was answered with: what a follow-up leans on. */
  asked: z.object({ text: z.string(), passages: z.array(z.string()) }).nullable(),
  /** The version of the notice (its id) that answers were given from, and those answers, oldest first. */
  notice: z.string().default(''),
  quoted: z.array(quoted).default([]),
  /** Contact slots of the last request, offered again in the next. */
  contact: slots,
  filed: z.array(z.string()),
  /** What was told with another wish, until the person has said whether that one is meant. */
  told: slots,
  following: following.nullable().default(null),
  /** Numbers of tickets whose code has been told in this conversation, each with the hash of the address it went to. */
  proved: slots.default({}),
  /** Turns in a row that were not understood. */
  missed: z.number(),
  /** Whether a person was offered last: then a yes takes the offer. */
  offersHuman: z.boolean(),
  /** The last turns, oldest first: what a person who takes over gets to read once it is masked. */
  recent: z.array(said),
});

export type State = z.infer<typeof stateSchema>;
export type OpenRequest = z.infer<typeof openRequest>;
export type Quoted = z.infer<typeof quoted>;
export type Following = z.infer<typeof following>;
export type Said = z.infer<typeof said>;
export type Slots = Readonly<Record<string, string>>;

/** The state of a conversation that has not begun. */
export function newState(locale: Locale): State {
  return {
    version: VERSION,
    locale,
    request: null,
    queue: [],
    choices: [],
    asked: null,
    notice: '',
    quoted: [],
    contact: {},
    filed: [],
    told: {},
    following: null,
    proved: {},
    missed: 0,
    offersHuman: false,
    recent: [],
  };
}

/** A stored state, or null where it is of another version or shape: then the conversation starts afresh. */
export function parseState(stored: unknown): State | null {
  const parsed = stateSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}
