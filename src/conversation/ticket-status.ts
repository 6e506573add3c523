import { ticketNumbersIn } from '../tickets/ticket-number.ts';
import type { Reply } from './reply.ts';
import type { State } from './state.ts';
import type { Turn } from './turn.ts';

/** The numbers of the tickets that a turn needs to be answered: those it names, and those filed here. */
export function ticketsWanted(text: string, state: State | null): string[] {
  const pending = state?.statusOf ? [state.statusOf] : [];
  return [...new Set([...ticketNumbersIn(text), ...pending, ...(state?.filed ?? [])])];
}

/** What a turn asks about tickets by number, or null where it does not. */
export interface StatusAsked {
  replies: Reply[];
  statusOf: string | null;
}

/**
 * Answers a message with a ticket number. A ticket of this conversation is shown; of another only to somebody who
 * knows its e-mail address too, and a wrong number and a wrong address are answered alike.
 */
export function answerStatus(
  turn: Turn,
  text: string,
  state: State,
  wantsChange: boolean,
): StatusAsked | null {
  const numbers = ticketNumbersIn(text);
  const address = /\S+@\S+\.[^\s,;.!?]+/.exec(text)?.[0]?.toLowerCase();
  if (numbers.length === 0 && state.statusOf === null) return null;
  if (numbers.length === 0 && !address) return null;
  // Who may change it is asked where an address can be proved: on its page, with a code.
  if (numbers.length > 0 && wantsChange)
    return { replies: [{ is: 'text', id: 'status.change' }], statusOf: null };
  const wanted = numbers.length > 0 ? numbers : [state.statusOf ?? ''];
  const own = wanted.filter((number) => state.filed.includes(number));
  if (own.length > 0) return { replies: own.map((number) => statusReply(turn, number)), statusOf: null };
  const [number = ''] = wanted;
  if (!address) return { replies: [{ is: 'text', id: 'status.needs_email' }], statusOf: number };
  const ticket = turn.tickets.find((found) => found.number === number);
  const isTheirs = ticket?.slots.email === address;
  return {
    replies: [
      isTheirs
        ? statusReply(turn, number)
        : { is: 'text', id: 'status.no_match', choices: [{ do: 'request', type: 'human_contact' }] },
    ],
    statusOf: null,
  };
}

/** How a ticket is going: its type, state and due date, and nothing about the person. */
export function statusReply(turn: Turn, number: string): Reply {
  const ticket = turn.tickets.find((found) => found.number === number);
  if (!ticket) return { is: 'text', id: 'status.unknown', values: { number } };
  const values = {
    number,
    title: { text: `request.${ticket.type}.title` },
    status: { text: `status.is.${ticket.status}` },
  };
  return ticket.due
    ? { is: 'text', id: 'status.known', values: { ...values, due: { day: ticket.due } } }
    : { is: 'text', id: 'status.known_undated', values };
}
