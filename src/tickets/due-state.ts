import type { RequestType } from '../content/dialogs-schema.ts';
import { type Day, dayOf, HOME_ZONE } from './calendar.ts';
import { openStatuses } from './life-cycle.ts';
import type { Ticket } from './ticket.ts';

/** How near a ticket's day is: past, at most 3 days away, at most 7, further, or nothing to wait for. */
export type Nearness = 'overdue' | 'near' | 'soon' | 'far' | 'none';

const NEAR_DAYS = 3;
/** What is due in so many days, today's too, is due soon. */
export const SOON_DAYS = 7;
const DAY_MS = 86_400_000;

/** Whether requests of a type are dealt with at once, however far their day is. */
export function isAtOnce({ urgent, deadline }: Pick<RequestType, 'urgent' | 'deadline'>): boolean {
  return urgent || deadline === 'at_once';
}

/**
 * How near a ticket's day is, and how many days are left (below zero: past). What is dealt with at once is soon from the
 * start, and near after a day. Ended tickets wait for nothing.
 */
export function dueState(
  ticket: Pick<Ticket, 'due' | 'status' | 'receivedAt'>,
  now: Date,
  isAtOnce = false,
): { nearness: Nearness; days: number } {
  if (!ticket.due || !openStatuses.includes(ticket.status)) return { nearness: 'none', days: 0 };
  const days = daysBetween(dayOf(now, HOME_ZONE), ticket.due);
  const age = now.getTime() - Date.parse(ticket.receivedAt);
  if (days < 0) return { nearness: 'overdue', days };
  if (days <= NEAR_DAYS || (isAtOnce && age >= DAY_MS)) return { nearness: 'near', days };
  return { nearness: days <= SOON_DAYS || isAtOnce ? 'soon' : 'far', days };
}

/** How many days one day is after another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
