import { type Html, html } from '../../pages/html.ts';
import type { Locale } from '../../text/words.ts';
import { HOME_ZONE } from '../../tickets/calendar.ts';

/** An instant as clocks in Sweden show it. */
export function instantText(instant: string, locale: Locale): Html {
  return html`<time datetime="${instant}">${formats[locale].format(new Date(instant))}</time>`;
}

// Making one takes longer than the rest of a line.
const formats: Record<Locale, Intl.DateTimeFormat> = {
  sv: new Intl.DateTimeFormat('sv-SE', { dateStyle: 'medium', timeStyle: 'short', timeZone: HOME_ZONE }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: HOME_ZONE }),
};
