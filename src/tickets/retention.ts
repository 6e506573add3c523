import type { AuditLog } from './audit.ts';
import type { TicketStore } from './ticket-store.ts';

/** How long what is kept, in days of 24 hours and calendar months. */
export interface Retention {
  /** Drafts that were never sent. */
  draftDays: number;
  /** Requests that have ended, counted from their end. */
  endedMonths: number;
  /** Lessons, counted from when they last came. */
  lessonMonths: number;
}

const DAY_MS = 24 * 3_600_000;

/** The instant so many calendar months before; the 31st falls on a shorter month's last day. */
export function monthsBefore(now: Date, months: number): Date {
  const day = new Date(now);
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - months);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(now.getUTCDate(), last));
  return day;
}

/** Deletes tickets whose time is over. All that stays is how many they were, in the audit log. */
export async function purgeTickets(
  now: Date,
  { draftDays, endedMonths }: Retention,
  tickets: TicketStore,
  audit: AuditLog,
): Promise<number> {
  const draftsBefore = new Date(now.getTime() - draftDays * DAY_MS);
  const purged = await tickets.purge({ draftsBefore, endedBefore: monthsBefore(now, endedMonths) });
  if (purged > 0) {
    await audit.append({
      at: now.toISOString(),
      by: { id: 'retention', role: 'system' },
      action: 'retention.purge',
      ticketId: null,
      detail: { tickets: purged },
    });
  }
  return purged;
}
