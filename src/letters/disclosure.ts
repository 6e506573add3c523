import type { Ticket } from '../tickets/ticket.ts';

/**
 * Whether a letter may hold what is personal: only where the address has been shown to be the person's. Until then
 * anybody may have typed it.
 */
export function mayDisclose(ticket: Ticket): boolean {
  return ticket.identity !== 'unconfirmed';
}

/** Whether a code is ever asked for: an objection to marketing needs no proof of who one is (GDPR art. 21(2)-(3)). */
export function asksForCode(ticket: Ticket): boolean {
  return ticket.type !== 'marketing_opt_out';
}
