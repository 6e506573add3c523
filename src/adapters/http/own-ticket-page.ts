import type { Values } from '../../conversation/reply.ts';
import { deadlineLines } from '../../pages/deadline-lines.ts';
import { type Html, html } from '../../pages/html.ts';
import { inLanguage, languageLink, otherThan, type Say, sayIn } from '../../pages/site-page.ts';
import { firstDeadline } from '../../tickets/first-deadline.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import { changedNotice } from './changed-notice.ts';
import { codeForm } from './code-form.ts';
import { hiddenFields } from './form-fields.ts';
import { ownedPart } from './owned-part.ts';
import type { FormPage } from './request-form-page.ts';
import type { RequestParts } from './request-parts.ts';
import type { Opened } from './ticket-door.ts';

/** What the page of a ticket shows besides the ticket. */
export interface TicketView {
  now: Date;
  /** What has just been done: what stands in the address, and the text of dialogs/ that tells it with its values. */
  told: { done: string; id: string; values: Values } | null;
  /** Whether a code is on its way, and what was wrong with the one given. */
  code: { isAsked: boolean; fault: string | null };
}

/** How a ticket goes, for whoever has its link; what was sent and what can be done, for its owner alone. */
export function ownTicketPage(opened: Opened, view: TicketView, parts: RequestParts): FormPage {
  const { found, locale, isOwner, at } = opened;
  const { ticket } = found;
  const { content } = parts;
  const { told } = view;
  const say = sayIn(content, locale);
  const title = say(`request.${ticket.type}.title`);
  const main = html`<div class="ticket">
${told && html`<p class="told" role="status">${say(told.id, told.values)}</p>\n`}<h1>${title}</h1>
${progress(opened, parts, say)}${counted(opened, view, parts, say)}${changedNotice(ticket, content, locale, say)}${isOwner ? ownedPart(opened, view.now, parts, say) : confirmation(opened, view, say)}${signedReceipt(opened, say)}</div>`;
  // A code that is on its way is waited for in the other language too.
  const done = told?.done ?? (view.code.isAsked ? 'code' : null);
  const inOther = at('', { ...(done && { told: done }), lang: otherThan(locale) });
  return { title, main, language: languageLink(inOther, locale, say) };
}

function progress({ found: { ticket }, locale }: Opened, { content }: RequestParts, say: Say): Html {
  const isOpen = allowedNext(ticket.status).length > 0;
  const isAtOnce = content.requests.get(ticket.type)?.deadline === 'at_once';
  const row = (name: string, value: string | Html) =>
    html`<div><dt>${say(name)}</dt><dd>${value}</dd></div>\n`;
  return html`<dl class="filled">
${row('card.number', html`<span class="unbroken">${ticket.number}</span>`)}${row('card.status', say(`status.is.${ticket.status}`))}${
  ticket.due &&
  isOpen &&
  row(isAtOnce ? 'card.due_confirmation' : 'card.due', say('card.day', { day: { day: ticket.due } }))
}</dl>
${!isOpen && html`<p>${say('own.ended')} <a href="${inLanguage('/request', locale)}">${say('form_page.begin')}</a></p>\n`}`;
}

// A day that was put off, or counted from another country than is named now, is told without its steps.
function counted(
  { found: { ticket }, locale }: Opened,
  { told }: TicketView,
  { content }: RequestParts,
  say: Say,
): Html | null {
  const { due } = firstDeadline(ticket, content);
  if (!due || due !== ticket.due) return null;
  return html`<details${told?.done === 'sent' && html` open`}><summary>${say('own.counted')}</summary>
<ul>
${deadlineLines(ticket, content, locale).map((line) => html`<li>${line}</li>\n`)}</ul>
</details>
`;
}

function confirmation({ found: { ticket }, form, at }: Opened, { code }: TicketView, say: Say): Html {
  if (!ticket.slots.email) return html`<p>${say('own.no_email')}</p>\n`;
  const isOpen = allowedNext(ticket.status).length > 0;
  const enter = { id: 'page-code', action: at('/confirm'), hidden: { form }, fault: code.fault };
  return html`<section class="own-part" aria-labelledby="own-confirm">
<h2 class="own-head" id="own-confirm">${say(isOpen ? 'own.confirm_title' : 'own.confirm_title_ended')}</h2>
<p>${say(isOpen ? 'own.confirm_about' : 'own.confirm_about_ended')}</p>
${code.isAsked && codeForm(enter, say)}<form method="post" action="${at('/code')}">
${hiddenFields({ form })}<p class="actions"><button class="button${code.isAsked && ' plain'}">${say(code.isAsked ? 'own.send_again' : 'own.send_code')}</button></p>
</form>
</section>
<p class="hint">${say('page.private')}</p>
`;
}

function signedReceipt({ found: { ticket }, at }: Opened, say: Say): Html {
  return html`<section class="own-part" aria-labelledby="own-receipt">
<h2 class="own-head" id="own-receipt">${say('own.receipt_title')}</h2>
<p>${say(ticket.due ? 'own.receipt_about' : 'own.receipt_about_undated')}</p>
<p><a href="${at('/receipt.jws')}">${say('own.receipt')}</a></p>
<p class="hint">${say('own.receipt_check')} <a href="/.well-known/receipt-keys.json">${say('own.receipt_key')}</a></p>
</section>
`;
}
