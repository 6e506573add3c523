import type { Locale } from '../text/words.ts';

/** The one of our languages that a browser names first in its Accept-Language header; Swedish where it names neither. */
export function acceptedLocale(header: string | undefined): Locale {
  const wanted = (header ?? '').split(',').map((each) => each.trim().slice(0, 2).toLowerCase());
  return wanted.find((each) => each === 'sv' || each === 'en') === 'en' ? 'en' : 'sv';
}
