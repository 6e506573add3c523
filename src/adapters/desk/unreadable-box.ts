import { type Html, html } from '../../pages/html.ts';
import type { DeskScene } from './desk-page.ts';

/** Says how many tickets of a page cannot be read; nothing where all can. */
export function unreadableBox(
  unreadable: number,
  { locale, say }: DeskScene,
  text = 'desk.unreadable',
): Html | null {
  if (unreadable === 0) return null;
  const count = new Intl.NumberFormat(locale).format(unreadable);
  return html`<p class="notice-box wrong">${say(text, { count })}</p>\n`;
}
