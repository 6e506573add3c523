import { addDays, HOME_ZONE, instantAt } from './calendar.ts';
import type { Ticket } from './ticket.ts';
import type { OutboxEntry } from './ticket-store.ts';

/** Whoever filed a request for somebody is reminded so many days before it is due, in the morning. */
const NEAR_DAYS = 3;
const MORNING = '08:00';

/**
 * What is to be told once a ticket has been filed: other systems and the person (`mail.receipt`) at once, whoever filed
 * it for somebody else when its date is near.
 */
export function entriesFor(ticket: Ticket): OutboxEntry[] {
  const at = ticket.createdAt;
  return [
    entry(ticket, 'ticket.filed', 'filed', at, at),
    ...(ticket.slots.email ? [entry(ticket, 'mail.receipt', 'receipt', at, at)] : []),
    ...reminder(ticket),
  ];
}

/** What is to be told when a ticket has moved on: other systems, the person, and whoever filed it for them. */
export function entriesForMove(ticket: Ticket): OutboxEntry[] {
  const step = ticket.history.at(-1);
  if (!step) return [];
  const told = (kind: string) => entry(ticket, kind, `${kind}/${ticket.history.length}`, step.at, step.at);
  return [
    told('ticket.moved'),
    ...(ticket.slots.email ? [told('mail.moved')] : []),
    ...(ticket.filedBy ? [told('filer.moved')] : []),
    // The first reminder may have gone before more time was taken.
    ...(step.to === 'extended' ? reminder(ticket, `near/${ticket.history.length}`) : []),
  ];
}

/**
 * What is to be told when a ticket's slots have been changed at `at`: other systems, and the person at an address that
 * has had no letter yet.
 */
export function entriesForAmend(before: Ticket, amended: Ticket, at: Date): OutboxEntry[] {
  const now = at.toISOString();
  const told = (kind: string, name: string) => entry(amended, kind, `${name}/${now}`, now, now);
  const { email } = amended.slots;
  return [
    told('ticket.amended', 'amended'),
    ...(email && email !== before.slots.email ? [told('mail.receipt', 'receipt')] : []),
  ];
}

/** When the reminder of a ticket is due: never before it was filed. */
export function remindAt(ticket: Ticket): Date | null {
  if (!ticket.due) return null;
  return instantAt(addDays(ticket.due, -NEAR_DAYS), MORNING, HOME_ZONE);
}

function reminder(ticket: Ticket, name = 'near'): OutboxEntry[] {
  const at = ticket.filedBy ? remindAt(ticket) : null;
  if (!at) return [];
  const notBefore = new Date(Math.max(at.getTime(), Date.parse(ticket.createdAt))).toISOString();
  return [entry(ticket, 'filer.near', name, ticket.createdAt, notBefore)];
}

function entry(
  ticket: Ticket,
  kind: string,
  name: string,
  createdAt: string,
  notBefore: string,
): OutboxEntry {
  return { id: `${ticket.id}/${name}`, ticketId: ticket.id, kind, createdAt, notBefore, attempts: 0 };
}
