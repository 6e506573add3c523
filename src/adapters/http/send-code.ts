import type { Ticket } from '../../tickets/ticket.ts';
import type { RequestParts } from './request-parts.ts';

/** Sends a new code to the address of a ticket. False: it has none, or many have been sent lately. */
export async function sendCode(ticket: Ticket, now: Date, parts: RequestParts): Promise<boolean> {
  if (!ticket.slots.email || !(await parts.confirmations.begin(ticket.id, now))) return false;
  await parts.sendCode(ticket, now);
  return true;
}
