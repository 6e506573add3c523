import { deadlineLines } from '../../pages/deadline-lines.ts';
import { type Html, html } from '../../pages/html.ts';
import { type Say, sayIn } from '../../pages/site-page.ts';
import type { Locale } from '../../text/words.ts';
import { dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import { deadline } from '../../tickets/deadline.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { authorityComplaint } from './authority-complaint.ts';
import { filledList, hiddenFields } from './form-fields.ts';
import type { FormPage } from './request-form-page.ts';
import type { RequestParts } from './request-parts.ts';

/** What the page of a ticket shows besides the ticket. */
export interface TicketView {
  /** The page's path, with the token that opens the ticket. */
  path: string;
  /** The token of the forms on it. */
  form: string;
  now: Date;
  /** Whether the person has confirmed that the ticket's address is theirs. */
  isOwner: boolean;
  /** A text of dialogs/ that tells what has just been done. */
  told: string | null;
  /** Whether a code is on its way, and what was wrong with the one given. */
  code: { isAsked: boolean; fault: string | null };
}

/** How a ticket goes, for whoever has its link; what was sent and what can be done, for its owner alone. */
export function ownTicketPage(ticket: Ticket, view: TicketView, parts: RequestParts): FormPage {
  const say = sayIn(parts.content, ticket.locale);
  const title = say(`request.${ticket.type}.title`);
  const told = view.told ? html`<p class="told" role="status">${say(view.told)}</p>\n` : null;
  const main = html`<div class="ticket">
${told}<h1>${title}</h1>
${progress(ticket, say)}${counted(ticket, view, parts, say)}<p><a href="${view.path}/receipt.jws">${say('own.receipt')}</a></p>
<p class="hint">${say('own.receipt_about')}</p>
${changedNotice(ticket, parts, say)}${view.isOwner ? owned(ticket, view, parts, say) : confirmation(ticket, view, say)}</div>`;
  return { title, main };
}

// What somebody was told by the notice may read otherwise in the next one.
function changedNotice({ notice, passages }: Ticket, { content }: RequestParts, say: Say): Html | null {
  if (notice === '' || notice === content.notice.id) return null;
  const cited = passages.filter((id) => content.passages.has(id));
  return html`<p class="told">${say('own.notice_changed')} ${cited.map((id) => html`<a href="/notice#${id}">${id}</a> `)}</p>
`;
}

function progress(ticket: Ticket, say: Say): Html {
  const isEnded = allowedNext(ticket.status).length === 0;
  return html`<p>${say('page.number', { number: ticket.number })}</p>
<p>${say('page.status', { status: { text: `status.is.${ticket.status}` } })}</p>
${ticket.due && !isEnded ? html`<p>${say('page.due', { due: { day: ticket.due } })}</p>\n` : null}`;
}

// A day that was put off, or counted from another country than is named now, is told without its steps.
function counted(ticket: Ticket, view: TicketView, { content }: RequestParts, say: Say): Html | null {
  const urgency = content.requests.get(ticket.type)?.deadline ?? 'none';
  const { due } = deadline(urgency, new Date(ticket.receivedAt), ticket.slots.country ?? null);
  if (!due || due !== ticket.due) return null;
  return html`<details${view.told === 'own.told_sent' && html` open`}><summary>${say('receipt.counted')}</summary>
<ul>
${deadlineLines(ticket, content, ticket.locale).map((line) => html`<li>${line}</li>\n`)}</ul>
</details>
`;
}

function confirmation(ticket: Ticket, view: TicketView, say: Say): Html {
  const { path, form, code } = view;
  if (!ticket.slots.email) return html`<p>${say('own.no_email')}</p>`;
  const send = html`<form method="post" action="${path}/code">
${hiddenFields({ form })}<p class="actions"><button class="button${code.isAsked && ' plain'}">${say(code.isAsked ? 'own.send_again' : 'own.send_code')}</button></p>
</form>
`;
  return html`<section class="own-part" aria-labelledby="own-confirm">
<h2 class="own-head" id="own-confirm">${say('own.confirm_title')}</h2>
<p>${say('own.confirm_about')}</p>
${code.isAsked ? codeForm(`${path}/confirm`, { form }, code.fault, say) : null}${send}</section>
<p class="hint">${say('page.private')}</p>
`;
}

/** The form that takes the code, with what is wrong with the one given. */
export function codeForm(
  action: string,
  hidden: Readonly<Record<string, string>>,
  fault: string | null,
  say: Say,
): Html {
  return html`<form method="post" action="${action}" novalidate>
${hiddenFields(hidden)}<div class="field">
<label for="field-code">${say('own.code')}</label>
<p class="hint" id="hint-code">${say('own.code_about')}</p>
${fault ? html`<p class="fault" id="fault-code" role="alert">${say(fault)}</p>\n` : null}<input id="field-code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" aria-required="true" aria-describedby="${fault ? 'fault-code ' : ''}hint-code"${fault && html` aria-invalid="true"`}${fault && html` autofocus`}>
</div>
<p class="actions"><button class="button" name="act" value="code">${say('own.confirm')}</button></p>
</form>
`;
}

function owned(ticket: Ticket, view: TicketView, parts: RequestParts, say: Say): Html {
  const { path, form, now } = view;
  const locale: Locale = ticket.locale;
  const complaint = authorityComplaint(ticket, now, parts.content, locale);
  const isEnded = allowedNext(ticket.status).length === 0;
  const rows = ticket.history.map(
    ({ at, to, reason }) =>
      html`<li>${say('own.step', { day: { day: dayOf(new Date(at), HOME_ZONE) }, status: { text: `status.is.${to}` } })}${reason ? html`<br>${reason}` : null}</li>\n`,
  );
  return html`<section class="own-part" aria-labelledby="own-sent">
<h2 class="own-head" id="own-sent">${say('own.sent_title')}</h2>
${filledList(ticket.slots, { content: parts.content, locale, say })}
${isEnded ? html`<p>${say('own.ended')}</p>\n` : html`<p class="actions"><a class="button" href="${path}/amend">${say('own.amend')}</a> <a class="button plain" href="${path}/withdraw">${say('own.withdraw')}</a></p>\n`}<p><a href="${path}/data.json">${say('own.download')}</a></p>
</section>
<section class="own-part" aria-labelledby="own-history">
<h2 class="own-head" id="own-history">${say('own.history')}</h2>
<ol>
${rows}</ol>
</section>
${
  complaint
    ? html`<section class="own-part" aria-labelledby="own-complaint">
<h2 class="own-head" id="own-complaint">${say('own.complaint_title')}</h2>
<p>${say('own.complaint_about')}</p>
<label for="field-complaint">${say('own.complaint_label')}</label>
<textarea id="field-complaint" class="copied" rows="18" readonly>\n${complaint}</textarea>
<p><a href="${say('own.complaint_url')}" rel="noreferrer">${say('own.complaint_link')}</a></p>
</section>
`
    : null
}<form class="own-lock" method="post" action="${path}/leave">
${hiddenFields({ form })}<p class="actions"><button class="button plain">${say('own.leave')}</button></p>
<p class="hint">${say('own.leave_about')}</p>
</form>
`;
}

/** Asks once more before a request is taken back. */
export function withdrawPage(ticket: Ticket, path: string, form: string, parts: RequestParts): FormPage {
  const say = sayIn(parts.content, ticket.locale);
  const title = say('own.withdraw_title');
  const main = html`<div class="ticket">
<h1>${title}</h1>
<p>${say('own.withdraw_about', { title: { text: `request.${ticket.type}.title` }, number: ticket.number })}</p>
<form method="post" action="${path}/withdraw">
${hiddenFields({ form })}<p class="actions"><button class="button">${say('own.withdraw_yes')}</button> <a class="button plain" href="${path}">${say('own.withdraw_no')}</a></p>
</form>
</div>`;
  return { title, main };
}
