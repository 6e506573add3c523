import { type Html, html } from '../../pages/html.ts';
import { allowedNext } from '../../tickets/life-cycle.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { DeskScene } from './desk-page.ts';
import { dueBadge } from './due-badge.ts';
import { joinReason } from './join-tickets.ts';
import { statusTexts } from './labels.ts';
import { isTyped } from './move-forms.ts';
import { type Typed, textField } from './ticket-form.ts';
import { wordsField } from './words-field.ts';

/** Other open tickets of the same person and type; where officers may change things, to answer this one in one of them. */
export function similarList(
  ticket: Ticket,
  others: readonly Ticket[],
  typed: Typed | null,
  isOfficer: boolean,
  scene: DeskScene,
): Html | null {
  const { say } = scene;
  if (others.length === 0) return null;
  const mayJoin = isOfficer && allowedNext(ticket.status).includes('completed');
  return html`<p>${say('desk.duplicates_lead')}</p>
<ul>
${others.map((each) => html`<li><a href="/desk/ticket/${each.number}">${each.number}</a>, ${say(statusTexts[each.status])} ${dueBadge(each, scene)}${mayJoin && joinForm(ticket, each, typed, scene)}</li>\n`)}</ul>
`;
}

function joinForm(ticket: Ticket, other: Ticket, typed: Typed | null, scene: DeskScene): Html {
  const { content, say } = scene;
  const name = say('desk.join', { number: other.number });
  const field = textField('join', other.number);
  const ready = joinReason(ticket, other, content);
  const isOpen = typed !== null && (typed.pressed === field || isTyped(typed.texts[field], ready));
  const about = `about-${other.number}`;
  return html`<details${isOpen && html` open`}>
<summary>${name}</summary>
<p id="${about}">${say('desk.about.join', { number: other.number })}</p>
${wordsField({ field, label: say('desk.words.completed_needed'), about, isNeeded: true, ready, ticket }, typed, scene)}<p><button class="button" name="do" value="join:${other.number}">${name}</button></p>
</details>`;
}
