import { type Html, html } from '../../pages/html.ts';
import type { Say } from '../../pages/site-page.ts';
import { type Day, dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import { zoneOf } from '../../tickets/deadline.ts';
import type { Ticket } from '../../tickets/ticket.ts';

/** What has happened to a ticket, oldest first: its steps, and when what was filled in was changed. */
export function ownHistory(ticket: Ticket, say: Say): Html[] {
  const { number, history, amendments } = ticket;
  const steps = history.map(({ at, to, reason }) => {
    const told = say('own.step', {
      day: { day: stepDay(at, ticket) },
      status: { text: `status.is.${to}` },
    });
    return { at, line: html`<li>${told}${reason && html`<br>${reason}`}</li>\n` };
  });
  const changes = amendments.map(({ at, by }) => {
    const day = { day: { day: dayOf(new Date(at), HOME_ZONE) } };
    const told = by === number ? say('own.step_amended', day) : say('own.step_corrected', day);
    return { at, line: html`<li>${told}</li>\n` };
  });
  return [...steps, ...changes].sort((one, other) => (one.at < other.at ? -1 : 1)).map(({ line }) => line);
}

// The day it came in is the day that its date was counted from, wherever the person lives.
function stepDay(at: string, { receivedAt, slots }: Ticket): Day {
  return dayOf(new Date(at), at === receivedAt ? zoneOf(slots.country ?? null) : HOME_ZONE);
}
