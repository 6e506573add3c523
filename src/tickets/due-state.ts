import { type Day, dayOf, HOME_ZONE } from './calendar.ts';
import { allowedNext } from './life-cycle.ts';
import { type Status, statuses, type Ticket } from './ticket.ts';

/** How near a ticket's day is: past, at most 3 days away, at most 7, further, or nothing to wait for. */
export type Nearness = 'overdue' | 'near' | 'soon' | 'far' | 'none';

const NEAR_DAYS = 3;
const SOON_DAYS = 7;
const DAY_MS = 86_400_000;

/** The states in which somebody still waits for an answer. */
export const openStatuses: readonly Status[] = statuses.filter(
  (status) => status !== 'draft' && allowedNext(status).length > 0,
);

/** How near a ticket's day is, and how many days are left (below zero: past). Ended tickets wait for nothing. */
export function dueState(
  ticket: Pick<Ticket, 'due' | 'status'>,
  now: Date,
): { nearness: Nearness; days: number } {
  if (!ticket.due || !openStatuses.includes(ticket.status)) return { nearness: 'none', days: 0 };
  const days = daysBetween(dayOf(now, HOME_ZONE), ticket.due);
  if (days < 0) return { nearness: 'overdue', days };
  if (days <= NEAR_DAYS) return { nearness: 'near', days };
  return { nearness: days <= SOON_DAYS ? 'soon' : 'far', days };
}

/** How many days one day is after another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
