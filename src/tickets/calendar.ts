import Holidays from 'date-holidays';

/** A calendar day, YYYY-MM-DD, without a time zone. */
export type Day = string;

/** Where the notice is in force: days are counted and shown as clocks there show them. */
export const HOME_ZONE = 'Europe/Stockholm';

export interface Holiday {
  sv: string;
  en: string;
}

/** The day that an instant falls on in a time zone. */
export function dayOf(instant: Date, timeZone: string): Day {
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    dayFormats.set(timeZone, format);
  }
  return format.format(instant);
}

// Making one takes a hundred times longer than using it.
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * The instant at which clocks in a time zone show a day and a time (HH:MM), or null where they never do: it is no
 * date, no time, or an hour that is skipped in spring. Of an hour that comes twice in autumn it is the first.
 */
export function instantAt(day: Day, time: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return null;
  const asUtc = new Date(`${day}T${time}:00Z`);
  if (Number.isNaN(asUtc.getTime())) return null;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const hours = Array.from({ length: 27 }, (_, index) => 14 - index);
  return (
    hours
      .map((ahead) => new Date(asUtc.getTime() - ahead * 3_600_000))
      .find((instant) => clock.format(instant) === `${day} ${time}`) ?? null
  );
}

/** The day so many days later. */
export function addDays(day: Day, days: number): Day {
  const date = utc(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The same date so many months later, or null where that month has no such date. */
export function sameDateLater(day: Day, months: number): Day | null {
  const { year, month, date } = parts(day);
  const target = new Date(Date.UTC(year, month - 1 + months, date));
  return target.getUTCDate() === date ? target.toISOString().slice(0, 10) : null;
}

/** The last day of the month so many months later. */
export function lastDayLater(day: Day, months: number): Day {
  const { year, month } = parts(day);
  return new Date(Date.UTC(year, month + months, 0)).toISOString().slice(0, 10);
}

export function isSaturday(day: Day): boolean {
  return utc(day).getUTCDay() === 6;
}

export function isSunday(day: Day): boolean {
  return utc(day).getUTCDay() === 0;
}

/**
 * The public holiday that a day is in a country, or null. Only what the library calls `public` counts: Swedish
 * Midsummer Eve, Christmas Eve and New Year's Eve are no public holidays by law.
 */
export function holidayOn(day: Day, country: string): Holiday | null {
  const year = Number(day.slice(0, 4));
  const key = `${country} ${year}`;
  let holidays = years.get(key);
  if (!holidays) {
    holidays = new Map();
    const calendar = new Holidays(country);
    for (const holiday of calendar.getHolidays(year, 'sv')) {
      if (holiday.type === 'public')
        holidays.set(holiday.date.slice(0, 10), { sv: holiday.name, en: holiday.name });
    }
    for (const holiday of calendar.getHolidays(year, 'en')) {
      const found = holidays.get(holiday.date.slice(0, 10));
      if (found && holiday.type === 'public') found.en = holiday.name;
    }
    years.set(key, holidays);
  }
  return holidays.get(day) ?? null;
}

// Reckoning a year's holidays takes milliseconds; the deadlines of a day all fall in the same two years.
const years = new Map<string, Map<Day, Holiday>>();

function parts(day: Day): { year: number; month: number; date: number } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, date };
}

function utc(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}
