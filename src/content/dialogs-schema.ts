import { z } from 'zod';
import { passageId } from './knowledge-schema.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z_]+$/, 'an id is small letters and underscores');

/** The kinds of things a text may mean. */
export const meaningKinds = [
  'question',
  'request',
  'guidance',
  'meta',
  'unanswerable',
  'out_of_scope',
] as const;

/** Everything that a person can mean which is not a question to the notice. */
export const intentsSchema = z.array(
  z.strictObject({
    id,
    kind: z.enum(meaningKinds).exclude(['question']),
    /** Guidance: the passages that tell how, best first. Unanswerable: whom to turn to instead. */
    passages: z.array(passageId).default([]),
  }),
);

/** How people are related to the company, in the order in which they are named. */
export const relations = [
  'candidate',
  'consultant',
  'employee',
  'client',
  'supplier',
  'visitor',
  'reference',
  'marketsource_customer',
] as const;

/** How a slot's value is read out of what a person writes. */
export const slotReaders = [
  'name',
  'email',
  'phone',
  'country',
  'brand',
  'relation',
  'channel',
  'text',
] as const;

export const requestsSchema = z.strictObject({
  /** Every slot and its reader, in the order in which slots are asked for and shown. */
  slots: z.record(id, z.enum(slotReaders)),
  types: z.array(
    z.strictObject({
      id,
      team: z.enum(['privacy_office', 'marketing', 'security', 'dpo', 'queue']),
      deadline: z.enum(['month', 'at_once', 'none']),
      urgent: z.boolean().default(false),
      required: z.array(id),
      /** At least one of these must be given. */
      any_of: z.array(id).default([]),
      optional: z.array(id),
      /** Whether the voluntary slots are asked for; an opt-out is one turn and a yes. */
      ask_optional: z.boolean().default(true),
      /** Whether it can be filed for somebody else; a report about a child is not filed by the child. */
      on_behalf: z.boolean().default(true),
      /** The free-text slot that keeps what the person wrote when they asked. */
      story: id.optional(),
      /** What the notice promises those who file it, quoted in the receipt. */
      promise: passageId.optional(),
      /** Passages of the notice about this request: a link from them to it, and from it to them. */
      passages: z.array(passageId).min(1),
    }),
  ),
});

const share = z.number().positive();
const cost = z.number().min(0).max(5);
const probability = z.number().min(0).max(1);

/** What a text is taken for: how often people mean what, and what it costs to take them wrong. */
export const decisionsSchema = z.strictObject({
  /** Shares of messages by kind; they need not make a hundred. */
  expected: z.record(z.enum(meaningKinds), share),
  /** Row: what is done; column: what was meant; `other`: another label of the same kind. */
  costs: z.record(z.enum(meaningKinds), z.partialRecord(z.enum(['other', ...meaningKinds]), cost)),
  whole_list: cost,
  /** What else the conversation asks of a probability. */
  conversation: z.strictObject({
    also_likely: probability,
    nearest: probability,
    other_wish: probability,
    hinted_wish: probability,
    relation: probability,
    relation_asked: probability,
  }),
  asking: z.strictObject({ offered: cost, missing: cost }),
  /** Concepts of the thesaurus that nobody's kept words about themselves may hold. */
  sensitive: z.array(text),
});

/** Brands of the group and what people call them. */
export const brandsSchema = z.array(z.strictObject({ name: text, aliases: z.array(text).default([]) }));

/**
 * Words that steer a conversation, by what they do. A phrase is whole words; a word may end or begin in `*`, and `…`
 * stands for up to three words.
 */
export const wordsSchema = z.strictObject({
  yes: z.array(text),
  yes_with: z.array(text),
  no: z.array(text),
  cancel: z.array(text),
  skip: z.array(text),
  skip_rest: z.array(text),
  decline_slot: z.record(id, z.array(text)),
  same_as_before: z.array(text),
  correct: z.array(text),
  change_type: z.array(text),
  /** What somebody wants done with a request that has been sent: to take it back, or to change it. */
  withdraw_sent: z.array(text),
  amend_sent: z.array(text),
  /** A request that has been sent, as people call theirs. */
  sent_request: z.array(text),
  /** How it is going. */
  status_asked: z.array(text),
  /** The code has not come, or another is wanted. */
  new_code: z.array(text),
  code_word: z.array(text),
  /** The address that a request was sent with is not known, or there is none. */
  no_address: z.array(text),
  /** The number of a request is not known. */
  lost_number: z.array(text),
  interjection: z.array(text),
  follow_up: z.array(text),
  pronouns: z.array(text),
  question: z.array(text),
  choices: z.array(z.array(text)),
  none_of_these: z.array(text),
  greeting: z.array(text),
  everything: z.array(text),
  on_behalf: z.array(text),
  self: z.array(text),
  other_person: z.array(text),
  never: z.array(text),
  name_is: z.array(text),
  name_after: z.array(text),
  this_is: z.array(text),
  known_as: z.array(text),
  apposed: z.array(text),
  name_before: z.array(text),
  again: z.array(text),
  name_filler: z.array(text),
  sign_off: z.array(text),
  sign_off_apart: z.array(text),
  contact_word: z.array(text),
  joiner: z.array(text),
  name_title: z.array(text),
  name_particle: z.array(text),
  not_a_name: z.array(text),
  also_a_name: z.array(text),
  ordinary_endings: z.array(text),
  live_in: z.array(text),
  now_in: z.array(text),
  live_there: z.array(text),
  claimed: z.array(text),
  once: z.array(text),
  turn: z.array(text),
  country_edge: z.array(text),
  channel: z.record(z.string(), z.array(text)),
  countries: z.record(z.string().length(2), z.array(text)),
  mail_headers: z.array(text),
  pasted_mail: text,
  languages: z.strictObject({ sv: z.array(text), en: z.array(text) }),
  language_denied: z.array(text),
});

/** Sentences for people: id → text with {placeholders}; several texts under one id are variants. */
export const repliesSchema = z.record(z.string().regex(/^[a-z_]+(\.[a-z_]+)*$/), text);

export type Intent = z.infer<typeof intentsSchema>[number];
export type Requests = z.infer<typeof requestsSchema>;
export type RequestType = Requests['types'][number];
export type SlotReader = (typeof slotReaders)[number];
export type Brand = z.infer<typeof brandsSchema>[number];
export type MeaningKind = (typeof meaningKinds)[number];
export type Decisions = z.infer<typeof decisionsSchema>;
export type Words = z.infer<typeof wordsSchema>;
