import type { Locale } from '../text/words.ts';
import type { CodeCheck } from '../tickets/confirmation.ts';
import type { SlotChanges } from '../tickets/slot-changes.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Lesson } from './lesson.ts';
import type { Reply } from './reply.ts';
import type { Said, Slots, State } from './state.ts';

/** One thing a person did, stripped of the channel it came through. */
export interface Turn {
  /** The channel's id of the activity: the idempotency key, because channels deliver twice. */
  id: string;
  conversation: string;
  channel: string;
  /** The channel's language; what the person writes in wins over it. */
  locale?: Locale | undefined;
  /** What was typed; a pressed button sends its choice here. */
  text: string;
  /** A request's form as it was sent from a card; then there is no text. */
  form?: FormSent | undefined;
  /** Whether others read along: then nothing personal is said, it moves to a personal chat. */
  isGroup?: boolean | undefined;
  /** Whether a conversation can be handed to a person at once. */
  canHandOff?: boolean | undefined;
  /** Who may file for others here, such as a recruiter in Teams: their verified id. */
  filer?: string | undefined;
  /** The clock of this turn. */
  now: Date;
  /** What came of the code that it gives, where one was awaited. */
  proof?: CodeCheck | undefined;
  /** The tickets whose numbers the turn or the conversation names. */
  tickets: readonly Ticket[];
}

/** A request's form as it came back from a card: the request it belongs to and what is to be done with it. */
export interface FormSent {
  key: string;
  act: 'review' | 'send' | 'cancel';
  slots: Slots;
  /** With `send`, the fingerprint of the summary that was on the card: only what has been seen is sent. */
  seen?: string | undefined;
  /** With `send`: the person wants the conversation to go along with the request. */
  share?: boolean | undefined;
}

/** What the assistant took the turn for. */
export type Kind = 'question' | 'request' | 'guidance' | 'meta' | 'unanswerable' | 'out_of_scope' | 'clarify';

/** What comes of a turn: the new state, what is said, and the ticket to create before anything is said. */
export interface Outcome {
  kind: Kind;
  intent: string | null;
  /** The probability that this is what the person meant, 0 to 1. */
  confidence: number;
  /** Passage ids, best first: the first is quoted, the others are offered. */
  quotes: readonly string[];
  state: State;
  replies: readonly Reply[];
  ticket: Ticket | null;
  /** A change of a stored ticket: its slots, or (null) that it is taken back. */
  change: { number: string; changes: SlotChanges | null } | null;
  /** The id of the ticket to whose address a code is to be sent. */
  codeFor: string | null;
  /** What an editor can learn from the turn, masked; kept apart from the conversation. */
  lesson: Lesson | null;
  /** The masked conversation for the person who takes over; null where nobody does. */
  handOff: readonly Said[] | null;
  /** What was asked for in a group and goes on in a personal chat: the text that begins it there. */
  toPersonal: string | null;
}
