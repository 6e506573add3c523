import { type Html, html } from '../../pages/html.ts';
import type { Say } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { HOME_ZONE } from '../../tickets/calendar.ts';
import { zoneOf } from '../../tickets/deadline.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { instantText } from './instant-text.ts';

/** When a ticket was received, by Swedish clocks; it says so where its days are counted by others. */
export function receivedText(ticket: Ticket, locale: Locale, say: Say): Html {
  const time = instantText(ticket.receivedAt, locale);
  return receivedThere(ticket, locale) ? html`${time} ${say('desk.zone_home')}` : time;
}

/** When a ticket was received by the clocks that its days are counted by, and whose they are; null: by Swedish ones. */
export function receivedThere(ticket: Ticket, locale: Locale): { time: string; zone: string } | null {
  const timeZone = zoneOf(ticket.slots.country ?? null);
  const received = new Date(ticket.receivedAt);
  const timeIn = (zone: string) =>
    new Intl.DateTimeFormat(languages[locale], {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: zone,
    }).format(received);
  const time = timeIn(timeZone);
  if (time === timeIn(HOME_ZONE)) return null;
  const named = new Intl.DateTimeFormat(languages[locale], { timeZone, timeZoneName: 'longGeneric' });
  const zone = named.formatToParts(received).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  return { time, zone };
}

const languages: Record<Locale, string> = { sv: 'sv-SE', en: 'en-GB' };
