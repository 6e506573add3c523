import type { Locale } from '../text/words.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Reply } from './reply.ts';
import type { State } from './state.ts';

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
  /** The clock of this turn. */
  now: Date;
  /** The tickets whose numbers the turn or the conversation names. */
  tickets: readonly Ticket[];
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
}
