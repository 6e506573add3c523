import type { Content } from '../../content/content.ts';
import { passageHash } from '../../content/passage-hash.ts';
import { type Html, html } from '../../pages/html.ts';
import { inLanguage, type Say } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import type { Ticket } from '../../tickets/ticket.ts';

/**
 * What the notice says of such a request otherwise than when it was made, each with the way to the new words. Where
 * only other parts of the notice have changed, it says so.
 */
export function changedNotice(ticket: Ticket, content: Content, locale: Locale, say: Say): Html | null {
  const { cited, notice } = ticket;
  if (cited.length === 0) return null;
  const page = inLanguage('/notice', locale);
  const changed = cited.filter(({ passage, hash }) => passageHash(passage, content) !== hash);
  if (changed.length === 0)
    return notice === '' || notice === content.notice.id
      ? null
      : html`<p class="told">${say('own.notice_same')} <a href="${page}">${say('careers.read')}</a></p>\n`;
  const known = changed.flatMap(({ passage }) => content.passages.get(passage) ?? []);
  return html`<div class="told">
<p>${say('own.notice_changed')}</p>
<ul>
${known.map(({ id, topic }) => html`<li><a href="${page}#${id}">${topic[locale]}</a></li>\n`)}${
  known.length < changed.length &&
  html`<li>${say('own.notice_gone')} <a href="${page}">${say('careers.read')}</a></li>\n`
}</ul>
</div>
`;
}
