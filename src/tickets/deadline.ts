import {
  addDays,
  type Day,
  dayOf,
  HOME_ZONE,
  type Holiday,
  holidayOn,
  isSaturday,
  isSunday,
  lastDayLater,
  sameDateLater,
} from './calendar.ts';
import type { Ticket } from './ticket.ts';

/** How a request type is answered: within the month, at once and confirmed within the month, or without a date. */
export type Urgency = 'month' | 'at_once' | 'none';

/** One step of how a date came about: the id of a text in dialogs/ and its values. */
export type DeadlineStep =
  | { id: 'deadline.received'; day: Day }
  | { id: 'deadline.at_once' }
  | { id: 'deadline.month'; day: Day }
  | { id: 'deadline.last_day_of_month'; day: Day }
  | { id: 'deadline.days'; day: Day; days: number }
  | { id: 'deadline.business_days'; day: Day; days: number }
  | { id: 'deadline.acknowledge'; day: Day; days: number }
  | { id: 'deadline.saturday' | 'deadline.sunday'; day: Day; next: Day }
  | { id: 'deadline.holiday'; day: Day; next: Day; holiday: Holiday };

export interface Deadline {
  due: Day | null;
  rule: 'gdpr_month' | 'swiss_30_days' | 'california_45_days' | 'california_opt_out' | 'none';
  steps: DeadlineStep[];
}

/**
 * By when a request is answered, and how that day came about.
 * - One month (GDPR art. 12(3)), counted as IMY explains it and by Regulation 1182/71 art. 3: the same date of the
 *   next month, or that month's last day; a Saturday, Sunday or public holiday moves it to the next working day.
 * - Switzerland: 30 days (FADP art. 25(7)).
 * - United States, by California's rule: 45 days, opt-outs 15 business days, acknowledged within 10 business days.
 * @param residence ISO 3166 code of the person's country; unknown counts as the EEA, whose notice this is.
 */
export function deadline(urgency: Urgency, receivedAt: Date, residence: string | null): Deadline {
  if (urgency === 'none') return { due: null, rule: 'none', steps: [] };
  const place = places[residence ?? ''] ?? home;
  const received = dayOf(receivedAt, place.timeZone);
  const steps: DeadlineStep[] = [{ id: 'deadline.received', day: received }];
  if (urgency === 'at_once') steps.push({ id: 'deadline.at_once' });
  if (residence === 'US') {
    const optOut = urgency === 'at_once';
    steps.push({ id: 'deadline.acknowledge', day: addBusinessDays(received, 10, place.country), days: 10 });
    if (optOut) {
      const due = addBusinessDays(received, 15, place.country);
      return {
        due,
        rule: 'california_opt_out',
        steps: [...steps, { id: 'deadline.business_days', day: due, days: 15 }],
      };
    }
    const due = addDays(received, 45);
    return {
      due,
      rule: 'california_45_days',
      steps: [...steps, { id: 'deadline.days', day: due, days: 45 }],
    };
  }
  if (residence === 'CH') {
    const day = addDays(received, 30);
    steps.push({ id: 'deadline.days', day, days: 30 });
    return { due: nextWorkingDay(day, place.country, steps), rule: 'swiss_30_days', steps };
  }
  return { due: monthsLater(received, 1, place.country, steps), rule: 'gdpr_month', steps };
}

/** The time zone in which the days of a request are counted, by the person's country. */
export function zoneOf(residence: string | null): string {
  return (places[residence ?? ''] ?? home).timeZone;
}

/**
 * The day an extension runs to, or null where the first day has passed or none is allowed: two further months (GDPR art.
 * 12(3)); in California 45 further days (Civil Code 1798.130(a)(2)), and none for an opt-out.
 */
export function extendedDue(ticket: Ticket, now: Date): Day | null {
  const residence = ticket.slots.country ?? '';
  const place = places[residence] ?? home;
  if (!ticket.due || dayOf(now, place.timeZone) > ticket.due) return null;
  const received = dayOf(new Date(ticket.receivedAt), place.timeZone);
  if (ticket.dueRule === 'california_45_days') return addDays(received, 90);
  if (ticket.dueRule.startsWith('california')) return null;
  return monthsLater(received, 3, place.country, []);
}

interface Place {
  country: string;
  timeZone: string;
}

const home: Place = { country: 'SE', timeZone: HOME_ZONE };
const places: Record<string, Place> = {
  CH: { country: 'CH', timeZone: 'Europe/Zurich' },
  GB: { country: 'GB', timeZone: 'Europe/London' },
  // Where in the United States somebody lives is not asked; the easternmost day comes first, so nobody is answered late.
  US: { country: 'US', timeZone: 'America/New_York' },
};

function monthsLater(received: Day, months: number, country: string, steps: DeadlineStep[]): Day {
  const same = sameDateLater(received, months);
  const day = same ?? lastDayLater(received, months);
  steps.push(same ? { id: 'deadline.month', day } : { id: 'deadline.last_day_of_month', day });
  return nextWorkingDay(day, country, steps);
}

function nextWorkingDay(from: Day, country: string, steps: DeadlineStep[]): Day {
  let day = from;
  for (let reason = whyNoWork(day, country); reason; reason = whyNoWork(day, country)) {
    const next = addDays(day, 1);
    steps.push(
      typeof reason === 'string'
        ? { id: `deadline.${reason}`, day, next }
        : { id: 'deadline.holiday', day, next, holiday: reason },
    );
    day = next;
  }
  return day;
}

function whyNoWork(day: Day, country: string): 'saturday' | 'sunday' | Holiday | null {
  return holidayOn(day, country) ?? (isSaturday(day) ? 'saturday' : isSunday(day) ? 'sunday' : null);
}

function addBusinessDays(from: Day, days: number, country: string): Day {
  let day = from;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (!whyNoWork(day, country)) left -= 1;
  }
  return day;
}
