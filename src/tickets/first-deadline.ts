import type { Content } from '../content/content.ts';
import { type Deadline, deadline } from './deadline.ts';
import type { Ticket } from './ticket.ts';

/** By when a ticket is answered unless more time is taken, and how that day came about; none for a type without a date. */
export function firstDeadline(ticket: Ticket, content: Content): Deadline {
  const urgency = content.requests.get(ticket.type)?.deadline ?? 'none';
  return deadline(urgency, new Date(ticket.receivedAt), ticket.slots.country ?? null);
}
