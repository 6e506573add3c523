import { asksForCode, mayDisclose } from '../../letters/disclosure.ts';
import type { Say } from '../../pages/site-page.ts';
import type { Ticket } from '../../tickets/ticket.ts';

/** Whether the person hears of a step: by e-mail, by e-mail without what is written, or not at all. */
export function toldLine(ticket: Ticket, say: Say): string {
  return sayOne(ticket, say, {
    mailed: 'desk.told.mailed',
    unconfirmed: 'desk.told.unconfirmed',
    call: 'desk.told.call',
    nobody: 'desk.told.nobody',
  });
}

/** Whether the person has heard of the step just taken. */
export function toldNow(ticket: Ticket, say: Say): string {
  return sayOne(ticket, say, {
    mailed: 'desk.told_now.mailed',
    unconfirmed: 'desk.told_now.unconfirmed',
    call: 'desk.told.call',
    nobody: 'desk.told.nobody',
  });
}

function sayOne(
  ticket: Ticket,
  say: Say,
  ids: Record<'mailed' | 'unconfirmed' | 'call' | 'nobody', string>,
): string {
  const { email, phone } = ticket.slots;
  if (email) return say(mayDisclose(ticket) || !asksForCode(ticket) ? ids.mailed : ids.unconfirmed);
  return phone ? say(ids.call, { phone }) : say(ids.nobody);
}
