import { fillText } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import type { AuditEntry } from '../../tickets/audit.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { StoredTicket } from '../../tickets/ticket-store.ts';
import { auditTable } from './audit-table.ts';
import { type DeskScene, deskForm, deskPage, officerName } from './desk-page.ts';
import { dueBadge } from './due-badge.ts';
import { exportsList } from './exports-list.ts';
import { instantText } from './instant-text.ts';
import { channelName, entityTexts, identityTexts, statusTexts, teamTexts } from './labels.ts';
import { moveForms, offeredNext } from './move-forms.ts';
import { may } from './officer.ts';
import { receivedText } from './received-text.ts';
import { similarList } from './similar-list.ts';
import { type Typed, textField } from './ticket-form.ts';
import { assignForms, identityForm, noteForms } from './ticket-forms.ts';
import { askedFor, citedPassages, countedSteps, historyList, saidTurns } from './ticket-parts.ts';
import { typeTitle } from './type-title.ts';
import { undeliveredWarnings } from './undelivered.ts';
import { filerName } from './who-name.ts';

/** What the page of a ticket shows. */
export interface TicketView {
  found: StoredTicket;
  /** Other open tickets of the same person and type. */
  duplicates: readonly Ticket[];
  /** Those who may take it on, by id. */
  takers: Readonly<Record<string, string>>;
  /** What has not arrived and is not tried again. */
  undelivered: readonly AuditEntry[];
  /** The entries about it in the audit log; null for those who may not see them. */
  audit: readonly AuditEntry[] | null;
  /** What has just been done, or why it could not be, in sentences. */
  notice: { is: 'done' | 'problem'; texts: readonly string[] } | null;
  /** What was typed and has not been used. */
  typed: Typed | null;
}

/** Everything about one ticket, and what may be done with it. */
export function deskTicketPage(view: TicketView, scene: DeskScene): string {
  const { say } = scene;
  const { found, duplicates, takers, typed } = view;
  const { ticket, etag } = found;
  const isOfficer = scene.session !== null && may(scene.session.officer, 'officer');
  const section = (id: string, title: string, content: Html | null | false) =>
    content &&
    html`<section aria-labelledby="${id}">
<h2 id="${id}">${say(title)}</h2>
${content}</section>
`;
  const mayCorrect =
    isOfficer && scene.content.requests.has(ticket.type) && allowedNext(ticket.status).length > 0;
  const correct =
    mayCorrect && html`<p><a href="/desk/ticket/${ticket.number}/correct">${say('desk.correct')}</a></p>\n`;
  const columns = html`<div class="desk-columns">
<div>
${section('asked', 'desk.asked', html`${askedFor(ticket, scene)}${correct}`)}${section('duplicates', 'desk.duplicates', similarList(ticket, duplicates, typed, isOfficer, scene))}${section('deadline', 'desk.counted', countedSteps(ticket, scene))}${section('passages', 'desk.passages', citedPassages(ticket, scene))}${section('said', 'desk.said', saidTurns(ticket, scene))}${section('history', 'desk.history', historyList(ticket, scene))}${section('notes', 'desk.notes', noteForms(ticket, typed, isOfficer, scene))}</div>
<div class="desk-work">
${isOfficer && section('move', 'desk.move_title', moveForms(ticket, typed, scene))}${isOfficer && section('assigned', 'desk.assign_title', assignForms(ticket, takers, scene))}${isOfficer && section('identity', 'desk.identity_title', identityForm(ticket, scene))}${isOfficer && section('export', 'desk.export_title', exportsList(ticket, say))}</div>
</div>
`;
  const title = `${ticket.number}, ${typeTitle(ticket.type, scene)}`;
  const path = `/desk/ticket/${ticket.number}`;
  const main = html`${view.notice && noticeMarkup(view, scene)}${undeliveredWarnings(view.undelivered, scene)}<h1>${typeTitle(ticket.type, scene)} <span class="number">${ticket.number}</span></h1>
${facts(ticket, scene)}
${isOfficer ? deskForm(scene, path, html`<input type="hidden" name="etag" value="${etag}">\n${columns}`) : columns}${view.audit && section('audit', 'desk.audit_about', auditTable(view.audit, scene))}`;
  return deskPage(scene, title, main);
}

function noticeMarkup({ notice, typed, found, duplicates }: TicketView, { now, say }: DeskScene): Html {
  const isDone = notice?.is === 'done';
  // What no field of the page takes up again is shown here, so that nothing is lost.
  const fields = [
    textField('note'),
    ...offeredNext(found.ticket, now).map((to) => textField('move', to)),
    ...duplicates.map(({ number }) => textField('join', number)),
  ];
  const lost = Object.entries(typed?.texts ?? {})
    .filter(([field]) => !fields.includes(field))
    .map(([, text]) => text)
    .join('\n\n');
  return html`<div class="notice-box ${isDone ? 'done' : 'wrong'}" role="${isDone ? 'status' : 'alert'}">
${notice?.texts.map((text) => html`<p>${text}</p>\n`)}${
  lost &&
  html`<p><label for="typed">${say('desk.typed')}</label></p>
<textarea id="typed" rows="6" readonly>
${lost}</textarea>
`
}</div>
`;
}

function facts(ticket: Ticket, scene: DeskScene): Html {
  const { content, locale, say } = scene;
  const rows: readonly (readonly [string, Html | string])[] = [
    [
      say('desk.column.due'),
      ticket.due
        ? html`<time datetime="${ticket.due}">${fillText('card.day', { day: { day: ticket.due } }, content, locale)}</time> ${dueBadge(ticket, scene)}`
        : say('desk.no_due'),
    ],
    [say('desk.column.status'), say(statusTexts[ticket.status])],
    [
      say('desk.recipient'),
      `${say(teamTexts[ticket.recipient.team])}, ${say(entityTexts[ticket.recipient.entity])}`,
    ],
    [say('desk.identity_title'), say(identityTexts[ticket.identity])],
    [say('desk.received'), receivedText(ticket, locale, say)],
    ...(ticket.createdAt === ticket.receivedAt
      ? []
      : [[say('desk.created'), instantText(ticket.createdAt, locale)] as const]),
    [say('desk.channel'), channelName(ticket.channel, say)],
    ...(ticket.filedBy ? [[say('desk.filed_by'), filerName(ticket.filedBy, scene)] as const] : []),
    [say('desk.language'), say(ticket.locale === 'sv' ? 'desk.language_sv' : 'desk.language_en')],
    [
      say('desk.column.assignee'),
      ticket.assignee === null ? say('desk.nobody') : officerName(ticket.assignee, scene),
    ],
  ];
  return html`<dl class="facts">
${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>`;
}
