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
    ...reminder(ticket, at),
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
    ...(step.to === 'extended' ? reminder(ticket, step.at) : []),
  ];
}

/**
 * What is to be told when a ticket's slots have been changed at `at`: other systems, the person at an address that has
 * had no letter yet, and whoever filed it when its new date is near.
 */
export function entriesForAmend(before: Ticket, amended: Ticket, at: Date): OutboxEntry[] {
  const now = at.toISOString();
  const count = before.amendments.length + 1;
  const told = (kind: string, name: string) => entry(amended, kind, `${name}/${count}`, now, now);
  const { email } = amended.slots;
  return [
    told('ticket.amended', 'amended'),
    ...(email && email !== before.slots.email ? [told('mail.receipt', 'receipt')] : []),
    // It may have had that date before, with a reminder that is still to come.
    ...(amended.due === before.due ? [] : reminder(amended, now, `${count}/`)),
  ];
}

/** When the reminder of a ticket is due. */
export function remindAt(ticket: Ticket): Date | null {
  if (!ticket.due) return null;
  return instantAt(addDays(ticket.due, -NEAR_DAYS), MORNING, HOME_ZONE);
}

/**
 * Whether a reminder is of the day that its ticket is due now: it is named after its day (`/near/2026-03-02`). Those of
 * earlier versions are not, and move with the date.
 */
export function isOfDue({ id }: OutboxEntry, { due }: Ticket): boolean {
  const [, day] = /\/near\/(?:.*\/)?(\d{4}-\d\d-\d\d)$/.exec(id) ?? [];
  return day === undefined || day === due;
}

function reminder(ticket: Ticket, createdAt: string, change = ''): OutboxEntry[] {
  const at = ticket.filedBy ? remindAt(ticket) : null;
  if (!at) return [];
  const notBefore = new Date(Math.max(at.getTime(), Date.parse(createdAt))).toISOString();
  return [entry(ticket, 'filer.near', `near/${change}${ticket.due}`, createdAt, notBefore)];
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
