import type { Content } from '../../content/content.ts';
import { fillText } from '../../conversation/render.ts';
import { type Html, html } from '../../pages/html.ts';
import { extendedDue } from '../../tickets/deadline.ts';
import { needsReason, stepsFrom } from '../../tickets/life-cycle.ts';
import type { Status, Ticket } from '../../tickets/ticket.ts';
import type { DeskScene } from './desk-page.ts';
import { controllerText, referralText } from './referral-texts.ts';
import { type Typed, textField } from './ticket-form.ts';
import { toldLine } from './told-line.ts';
import { wordsField } from './words-field.ts';

/** The states that an officer is offered. */
export function offeredNext(ticket: Ticket, now: Date): Status[] {
  // A draft is the person's own: nobody else sends it in.
  return stepsFrom(ticket, now).filter((to) => ticket.status !== 'draft' || to !== 'submitted');
}

/** Whether an officer's step needs words: its reasons, or what the person is to do. */
export function needsWords(to: Status): boolean {
  return needsReason(to) || to === 'awaiting_verification';
}

/** A button for each step, behind a second look where the step ends something or words go with it. */
export function moveForms(ticket: Ticket, typed: Typed | null, scene: DeskScene): Html {
  const { say } = scene;
  const offered = offeredNext(ticket, scene.now);
  if (offered.length === 0) return html`<p>${say('desk.ended')}</p>\n`;
  return html`<p>${toldLine(ticket, say)}</p>
<div class="steps">
${offered.map((to) => moveForm(ticket, to, typed, scene))}</div>
`;
}

function moveForm(ticket: Ticket, to: Status, typed: Typed | null, scene: DeskScene): Html {
  const { content, locale, say } = scene;
  const name = say(moveTexts[to]);
  const button = html`<button class="button" name="do" value="move:${to}">${name}</button>`;
  if (isPlain(to)) return html`<p>${button}</p>\n`;
  const field = textField('move', to);
  const label = wordsTexts[to];
  const ready = readyText(ticket, to, content);
  const until = to === 'extended' ? extendedDue(ticket, scene.now) : null;
  const day = until && fillText('card.day', { day: { day: until } }, content, locale);
  const about = day ? say('desk.about.extended', { day }) : aboutTexts[to] && say(aboutTexts[to]);
  const isOpen = typed !== null && (typed.pressed === field || isTyped(typed.texts[field], ready));
  return html`<details${isOpen && html` open`}>
<summary>${name}</summary>
${about && html`<p id="about-${to}">${about}</p>\n`}${
  label &&
  wordsField(
    {
      field,
      label: say(label),
      about: about ? `about-${to}` : null,
      isNeeded: needsWords(to),
      ready,
      ticket,
    },
    typed,
    scene,
  )
}<p>${button}</p>
${to === 'referred' && controllerText(ticket, scene)}</details>
`;
}

/** What is ready to be sent with a step, in the person's language; the officer may change it. */
export function readyText(ticket: Ticket, to: Status, content: Content): string {
  return to === 'referred' ? referralText(ticket, content) : '';
}

/** Whether a field holds something that somebody has typed, beyond what was ready in it. */
export function isTyped(text: string | undefined, ready: string): boolean {
  return (text ?? '').trim() !== '' && text?.trim() !== ready.trim();
}

function isPlain(to: Status): boolean {
  return to === 'submitted' || to === 'in_progress';
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

/** The steps with which the person is told something, and what the field for it is called. */
const wordsTexts: Partial<Record<Status, string>> = {
  awaiting_verification: 'desk.words.awaiting_verification',
  extended: 'desk.words.reasons',
  completed: 'desk.words.completed',
  refused: 'desk.words.reasons',
  referred: 'desk.words.referred',
};
