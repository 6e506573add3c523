import { allowedNext } from '../tickets/life-cycle.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Choice, Reply } from './reply.ts';
import { say, title } from './scene.ts';
import type { Turn } from './turn.ts';

/** The ticket of a number, as far as the turn knows it. */
export function ticketOf(number: string, { tickets }: Turn): Ticket | null {
  return tickets.find((found) => found.number === number) ?? null;
}

/** How a ticket is going: its type, state and, until it has ended, its due date; nothing about the person. */
export function statusReply(turn: Turn, number: string, choices: readonly Choice[] = []): Reply {
  const ticket = ticketOf(number, turn);
  if (!ticket) return say('status.unknown', { number });
  const values = {
    number,
    title: title(ticket.type),
    status: { text: `status.is.${ticket.status}` },
  };
  return ticket.due && allowedNext(ticket.status).length > 0
    ? say('status.known', { ...values, due: { day: ticket.due } }, choices)
    : say('status.known_undated', values, choices);
}
