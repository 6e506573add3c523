import { fillText } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import type { AuditEntry } from '../../tickets/audit.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { StoredTicket } from '../../tickets/ticket-store.ts';
import { auditTable } from './audit-table.ts';
import { type DeskScene, deskPage, officerName } from './desk-page.ts';
import { dueBadge } from './due-badge.ts';
import { instantText } from './instant-text.ts';
import { entityTexts, identityTexts, statusTexts, teamTexts } from './labels.ts';
import { moveForms, offeredNext, type Typed } from './move-forms.ts';
import { may } from './officer.ts';
import { typeTitle } from './queue-page.ts';
import { assignForms, identityForm, noteForms } from './ticket-forms.ts';
import {
  askedFor,
  citedPassages,
  countedSteps,
  duplicateList,
  historyList,
  saidTurns,
} from './ticket-parts.ts';

/** What the page of a ticket shows. */
export interface TicketView {
  found: StoredTicket;
  /** Other open tickets of the same person and type. */
  duplicates: readonly Ticket[];
  /** The entries about it in the audit log; null for those who may not see them. */
  audit: readonly AuditEntry[] | null;
  /** What has just been done, or why it could not be; the id of its text. */
  notice: { is: 'done' | 'problem'; text: string } | null;
  /** What was typed when it could not be done. */
  typed: Typed | null;
}

/** Everything about one ticket, and what may be done with it. */
export function deskTicketPage(view: TicketView, scene: DeskScene): string {
  const { say } = scene;
  const { ticket } = view.found;
  const isOfficer = scene.session !== null && may(scene.session.officer, 'officer');
  const section = (id: string, title: string, content: Html | null | false) =>
    content &&
    html`<section aria-labelledby="${id}">
<h2 id="${id}">${say(title)}</h2>
${content}</section>
`;
  const title = `${ticket.number}, ${typeTitle(ticket.type, scene)}`;
  const main = html`${view.notice && noticeMarkup(view, scene)}<h1>${typeTitle(ticket.type, scene)} <span class="number">${ticket.number}</span></h1>
${facts(ticket, scene)}
<div class="desk-columns">
<div>
${section('asked', 'desk.asked', askedFor(ticket, scene))}${section('duplicates', 'desk.duplicates', duplicateList(view.duplicates, scene))}${section('deadline', 'desk.counted', countedSteps(ticket, scene))}${section('passages', 'desk.passages', citedPassages(ticket, scene))}${section('said', 'desk.said', saidTurns(ticket, scene))}${section('history', 'desk.history', historyList(ticket, scene))}${section('notes', 'desk.notes', noteForms(view.found, view.typed, isOfficer, scene))}</div>
<div>
${isOfficer && section('move', 'desk.move_title', moveForms(view.found, view.typed, scene))}${isOfficer && section('assign', 'desk.assign_title', assignForms(view.found, scene))}${isOfficer && section('identity', 'desk.identity_title', identityForm(view.found, scene))}${view.audit && section('export', 'desk.export_title', html`<p><a href="/desk/ticket/${ticket.number}/export" download>${say('desk.export')}</a></p>\n`)}</div>
</div>
${view.audit && section('audit', 'desk.audit_about', auditTable(view.audit, scene))}`;
  return deskPage(scene, title, main);
}

function noticeMarkup({ notice, typed, found }: TicketView, { now, say }: DeskScene): Html {
  const isDone = notice?.is === 'done';
  // What no form below takes up again is shown here, so that nothing is lost.
  const isTaken =
    typed?.do === 'note' ||
    (typed?.do === 'move' && offeredNext(found.ticket, now).some((to) => to === typed.to));
  const lost = typed?.text && !isTaken ? typed.text : null;
  return html`<div class="notice-box ${isDone ? 'done' : 'wrong'}" role="${isDone ? 'status' : 'alert'}">
<p>${say(notice?.text ?? 'desk.failed')}</p>
${
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
    [say('desk.received'), instantText(ticket.receivedAt, locale)],
    ...(ticket.createdAt === ticket.receivedAt
      ? []
      : [[say('desk.created'), instantText(ticket.createdAt, locale)] as const]),
    [say('desk.channel'), ticket.channel],
    ...(ticket.filedBy
      ? [[say('desk.filed_by'), `${ticket.filedBy.role}, ${ticket.filedBy.reference}`] as const]
      : []),
    [say('desk.language'), say(ticket.locale === 'sv' ? 'desk.language_sv' : 'desk.language_en')],
    [
      say('desk.column.assignee'),
      ticket.assignee === null ? say('desk.nobody') : officerName(ticket.assignee, scene),
    ],
  ];
  return html`<dl class="facts">
${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>`;
}
