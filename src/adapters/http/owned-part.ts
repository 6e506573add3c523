import { type Html, html } from '../../pages/html.ts';
import type { Say } from '../../pages/site-page.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import { authorityComplaint } from './authority-complaint.ts';
import { filledList, hiddenFields } from './form-fields.ts';
import { ownHistory } from './own-history.ts';
import type { RequestParts } from './request-parts.ts';
import type { Opened } from './ticket-door.ts';

/** What the owner of a ticket sees and can do, besides how it goes. */
export function ownedPart(opened: Opened, now: Date, { content }: RequestParts, say: Say): Html {
  const { found, locale, form, at } = opened;
  const { ticket } = found;
  const isEnded = allowedNext(ticket.status).length === 0;
  const complaint = authorityComplaint(ticket, now, content, locale);
  return html`${message(ticket, say)}<section class="own-part" aria-labelledby="own-sent">
<h2 class="own-head" id="own-sent">${say('own.sent_title')}</h2>
${filledList(ticket.slots, { content, locale, say })}
${!isEnded && html`<p class="actions"><a class="button" href="${at('/amend')}">${say('own.amend')}</a> <a class="button plain" href="${at('/withdraw')}">${say('own.withdraw')}</a></p>\n`}<p><a href="${at('/data.json')}">${say('own.download')}</a></p>
</section>
<section class="own-part" aria-labelledby="own-history">
<h2 class="own-head" id="own-history">${say('own.history')}</h2>
<ol>
${ownHistory(ticket, say)}</ol>
</section>
${complaint && overdue(complaint, say)}${ticket.status === 'refused' && refused(ticket, say)}<form class="own-lock" method="post" action="${at('/leave')}">
${hiddenFields({ form })}<p class="actions"><button class="button plain">${say('own.leave')}</button></p>
<p class="hint">${say('own.leave_about')}</p>
</form>
`;
}

// What was written to the person with the last step stands first: they may be waited for.
function message({ status, history }: Ticket, say: Say): Html | null {
  const words = history.at(-1)?.reason;
  const waits = status === 'awaiting_verification';
  if (!words && !waits) return null;
  return html`<div class="told">
${words && html`<h2 class="own-head">${say('own.message')}</h2>\n<p class="own-words">${words}</p>\n`}${waits && html`<p>${say(words ? 'own.awaiting_message' : 'own.awaiting')}</p>\n`}</div>
`;
}

function overdue(complaint: string, say: Say): Html {
  return html`<section class="own-part" aria-labelledby="own-complaint">
<h2 class="own-head" id="own-complaint">${say('own.complaint_title')}</h2>
<p>${say('own.complaint_about')}</p>
<label for="field-complaint">${say('own.complaint_label')}</label>
<textarea id="field-complaint" class="copied" rows="18" readonly>\n${complaint}</textarea>
${toAuthority(say)}</section>
`;
}

// Where another country's rules hold, it is not for us to say which authority it is.
function refused({ dueRule }: Ticket, say: Say): Html {
  const isGdpr = dueRule === 'gdpr_month';
  return html`<section class="own-part" aria-labelledby="own-refused">
<h2 class="own-head" id="own-refused">${say('own.refused_title')}</h2>
<p>${say(isGdpr ? 'mail.refused.complain' : 'mail.refused.complain_elsewhere')}</p>
${isGdpr && toAuthority(say)}</section>
`;
}

function toAuthority(say: Say): Html {
  return html`<p><a href="${say('own.complaint_url')}" rel="noreferrer">${say('own.complaint_link')}</a></p>\n`;
}
