import { fillText } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import { extendedDue } from '../../tickets/deadline.ts';
import { allowedNext, needsReason } from '../../tickets/life-cycle.ts';
import type { Status, Ticket } from '../../tickets/ticket.ts';
import type { StoredTicket } from '../../tickets/ticket-store.ts';
import { type DeskScene, deskForm } from './desk-page.ts';

/** What was typed into a form that could not be done. */
export interface Typed {
  do: string;
  to: string;
  text: string;
}

/** The states that an officer is offered, those that the law has no room for left out. */
export function offeredNext(ticket: Ticket, now: Date): Status[] {
  return allowedNext(ticket.status).filter((to) => {
    if (ticket.status === 'draft') return to !== 'submitted';
    if (to === 'extended') return extendedDue(ticket, now) !== null;
    // An objection to marketing needs no proof of who objects (GDPR art. 21(2)-(3)).
    return to !== 'awaiting_verification' || ticket.type !== 'marketing_opt_out';
  });
}

/** A button for each step, behind a second look where the step ends something or is told with its reasons. */
export function moveForms(found: StoredTicket, typed: Typed | null, scene: DeskScene): Html {
  const { say } = scene;
  const offered = offeredNext(found.ticket, scene.now);
  if (offered.length === 0) return html`<p>${say('desk.ended')}</p>\n`;
  return html`<div class="steps">
${offered.map((to) => moveForm(found, to, typed?.do === 'move' && typed.to === to ? typed.text : null, scene))}</div>
`;
}

function moveForm({ ticket, etag }: StoredTicket, to: Status, typed: string | null, scene: DeskScene): Html {
  const { content, locale, say } = scene;
  const action = `/desk/ticket/${ticket.number}`;
  const fields = html`<input type="hidden" name="etag" value="${etag}">
<input type="hidden" name="do" value="move">
<input type="hidden" name="to" value="${to}">
`;
  if (isPlain(to))
    return deskForm(scene, action, html`${fields}<button class="button">${say(moveTexts[to])}</button>`);
  const until = to === 'extended' ? extendedDue(ticket, scene.now) : null;
  const day = until && fillText('card.day', { day: { day: until } }, content, locale);
  const about = day ? say('desk.about.extended', { day }) : aboutTexts[to] && say(aboutTexts[to]);
  const isNeeded = needsReason(to);
  const lang = ticket.locale === locale ? null : html` lang="${ticket.locale}"`;
  return html`<details${typed !== null && html` open`}>
<summary>${say(moveTexts[to])}</summary>
${about && html`<p id="about-${to}">${about}</p>\n`}${deskForm(
  scene,
  action,
  html`${fields}${
    isNeeded &&
    html`<p><label for="reason-${to}">${say('desk.reason')}</label>
<textarea id="reason-${to}" name="text" rows="6" maxlength="20000" required aria-describedby="about-${to}"${lang}>
${typed ?? readyText(ticket, to, scene)}</textarea></p>
`
  }<button class="button">${say('desk.do_it')}</button>`,
)}</details>
`;
}

/** What is ready to be sent, in the person's language; the officer may change it. */
export function readyText(ticket: Ticket, to: Status, { content }: Pick<DeskScene, 'content'>): string {
  if (to !== 'referred') return '';
  const isEndCustomer = ticket.recipient.entity === 'marketsource_client';
  const id = isEndCustomer ? 'desk.referral.marketsource' : 'desk.referral.processor';
  const blank = fillText('desk.referral.blank', {}, content, ticket.locale);
  return fillText(id, { controller: blank, number: ticket.number }, content, ticket.locale);
}

/** Whether a ready text still has the gap that only the officer can fill. */
export function hasGap(text: string, { content }: Pick<DeskScene, 'content'>): boolean {
  return (['sv', 'en'] as const).some((locale) =>
    text.includes(fillText('desk.referral.blank', {}, content, locale)),
  );
}

function isPlain(to: Status): boolean {
  return to === 'submitted' || to === 'in_progress' || to === 'awaiting_verification';
}

const moveTexts: Record<Status, string> = {
  draft: 'desk.status.draft',
  submitted: 'desk.move.submitted',
  awaiting_verification: 'desk.move.awaiting_verification',
  in_progress: 'desk.move.in_progress',
  extended: 'desk.move.extended',
  completed: 'desk.move.completed',
  refused: 'desk.move.refused',
  withdrawn: 'desk.move.withdrawn',
  referred: 'desk.move.referred',
  expired: 'desk.move.expired',
};

const aboutTexts: Partial<Record<Status, string>> = {
  completed: 'desk.about.completed',
  refused: 'desk.about.refused',
  withdrawn: 'desk.about.withdrawn',
  referred: 'desk.about.referred',
  expired: 'desk.about.expired',
};
