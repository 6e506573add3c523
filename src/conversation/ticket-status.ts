import type { Content } from '../content/content.ts';
import { allowedNext } from '../tickets/life-cycle.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Choice, Reply } from './reply.ts';
import { type Scene, say, title } from './scene.ts';
import type { Turn } from './turn.ts';

/** The ticket of a number, as far as the turn knows it. */
export function ticketOf(number: string, { tickets }: Turn): Ticket | null {
  return tickets.find((found) => found.number === number) ?? null;
}

/** How a ticket is going: its type, state and, until it has ended, its due date; nothing about the person. */
export function statusReply(
  number: string,
  { turn, content }: Pick<Scene, 'turn' | 'content'>,
  choices: readonly Choice[] = [],
): Reply {
  const ticket = ticketOf(number, turn);
  if (!ticket) return say('status.unknown', { number });
  const values = {
    number,
    title: title(ticket.type),
    status: { text: `status.is.${ticket.status}` },
  };
  if (!ticket.due || allowedNext(ticket.status).length === 0)
    return say('status.known_undated', values, choices);
  return say(
    isConfirmedBy(ticket, content) ? 'status.known_confirmation' : 'status.known',
    { ...values, due: { day: ticket.due } },
    choices,
  );
}

/** Whether a ticket's date is that of a confirmation: what is dealt with at once is only confirmed by then. */
export function isConfirmedBy({ type, status }: Ticket, content: Content): boolean {
  return content.requests.get(type)?.deadline === 'at_once' && status !== 'extended';
}
