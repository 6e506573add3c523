import type { Slots } from './state.ts';

/** Something the person can pick instead of typing; `choiceValue` is what a button sends back. */
export type Choice =
  | { do: 'ask'; passage: string }
  | { do: 'request'; type: string }
  | { do: 'say'; intent: string }
  | { do: 'switch' | 'queue' | 'keep'; type: string }
  /** To change a request that has been sent, or to take it back. */
  | { do: 'amend' | 'withdraw'; number: string }
  /** Thumbs for an answer. */
  | { do: 'rate'; passage: string; good: boolean }
  /** To be connected to a person, to leave a message instead; `unconnected`: nobody was there to take over. */
  | { do: 'none' | 'handoff' | 'message' | 'unconnected' };

/** What is said, as ids and values: the sentences are in dialogs/, the quotes in knowledge/. */
export type Reply =
  | { is: 'text'; id: string; values?: Values; choices?: readonly Choice[] }
  | {
      is: 'quote';
      passage: string;
      advisories: readonly string[];
      choices: readonly Choice[];
      /** Whether it answers a question, so that it can be a good or a bad answer. */
      answers: boolean;
    }
  | { is: 'ask'; slot: string; type: string; others: readonly string[]; faults?: readonly FieldFault[] }
  | { is: 'summary'; type: string; slots: Slots; behalf: boolean; amends: boolean }
  | {
      is: 'receipt';
      number: string;
      token: string;
      type: string;
      due: string | null;
      steps: readonly Step[];
    };

/** A field of a form that cannot be taken as it is: what to say beside it, and what stood there. */
export interface FieldFault {
  slot: string;
  id: string;
  given: string;
}

/** A placeholder's value: plain, a text of dialogs/ by its id, a calendar day (YYYY-MM-DD), or several of these. */
export type Value = string | { text: string } | { day: string } | { all: readonly Value[] };
export type Values = Readonly<Record<string, Value>>;

/** One step of how a due date was counted. */
export interface Step {
  id: string;
  values: Values;
}
