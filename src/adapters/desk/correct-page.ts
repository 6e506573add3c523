import { slotValue } from '../../conversation/render.ts';
import { html } from '../../pages/html.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { StoredTicket } from '../../tickets/ticket-store.ts';
import { type DeskScene, deskForm, deskPage } from './desk-page.ts';
import { type Filled, slotField } from './slot-fields.ts';

/** The page on which an officer puts right what stands in a ticket; `notice` is the id of what is told above it. */
export function correctPage(
  { ticket, etag }: StoredTicket,
  slots: readonly string[],
  filled: Filled,
  notice: string | null,
  scene: DeskScene,
): string {
  const { say } = scene;
  const back = `/desk/ticket/${ticket.number}`;
  const title = say('desk.correct_title', { number: ticket.number });
  const main = html`<div class="desk-narrow">
${notice && html`<div class="notice-box wrong" role="alert"><p>${say(notice)}</p></div>\n`}<h1>${title}</h1>
<p>${say('desk.correct_lead')}</p>
${deskForm(
  scene,
  `${back}/correct`,
  html`<input type="hidden" name="etag" value="${etag}">
${slots.map((slot) => slotField(slot, filled, scene, notice && nowText(slot, ticket, filled, scene)))}<p><button class="button">${say('desk.correct_button')}</button> <a href="${back}">${say('desk.correct_leave')}</a></p>`,
  html` novalidate`,
)}</div>`;
  return deskPage(scene, title, main);
}

// Where somebody else has changed the ticket, what is about to be written over is shown beside it.
function nowText(slot: string, { slots }: Ticket, { shown }: Filled, scene: DeskScene): string | null {
  const { content, locale, say } = scene;
  const now = slots[slot] ?? '';
  if (now === (shown[slot] ?? '')) return null;
  return now
    ? say('desk.correct_now', { value: slotValue(slot, now, content, locale) })
    : say('desk.correct_now_empty');
}
