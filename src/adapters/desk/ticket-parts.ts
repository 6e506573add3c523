import { quotedWords } from '../../content/quote.ts';
import { slotValue } from '../../conversation/render.ts';
import { deadlineLines } from '../../pages/deadline-lines.ts';
import { type Html, html } from '../../pages/html.ts';
import { inLanguage } from '../../pages/site-page.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { DeskScene } from './desk-page.ts';
import { instantText } from './instant-text.ts';
import { slotLabel, statusTexts } from './labels.ts';
import { receivedThere } from './received-text.ts';
import { whoName } from './who-name.ts';

/** What the person has filled in, under the names of the fields. */
export function askedFor(ticket: Ticket, { content, locale, say }: DeskScene): Html {
  const known = Object.keys(content.slots).filter((slot) => ticket.slots[slot]);
  const others = Object.keys(ticket.slots).filter((slot) => !(slot in content.slots));
  if (known.length + others.length === 0) return html`<p class="empty">${say('desk.no_slots')}</p>\n`;
  return html`<dl class="slots">
${[...known, ...others].map((slot) => {
  const value = slotValue(slot, ticket.slots[slot] ?? '', content, locale);
  return html`<div><dt>${slotLabel(slot, content, say)}</dt><dd>${value}</dd></div>\n`;
})}</dl>
`;
}

/** How the date came about, step by step. */
export function countedSteps(ticket: Ticket, { content, locale, say }: DeskScene): Html {
  const lines = deadlineLines(ticket, content, locale);
  const isExtended = ticket.history.some(({ to }) => to === 'extended');
  if (lines.length === 0) return html`<p class="empty">${say('desk.no_due')}</p>\n`;
  const there = receivedThere(ticket, locale);
  return html`${there && html`<p>${say('desk.counted_zone', there)}</p>\n`}<ul>
${lines.map((line) => html`<li>${line}</li>\n`)}${isExtended && ticket.due && html`<li>${say('desk.counted_extended', { day: { day: ticket.due } })}</li>\n`}</ul>
`;
}

/** The passages cited, word for word, each with a link to its place. */
export function citedPassages(ticket: Ticket, { content, locale }: DeskScene): Html | null {
  if (ticket.passages.length === 0) return null;
  return html`${ticket.passages.map((id) => {
    const passage = content.passages.get(id);
    const to = `${inLanguage('/notice', locale)}#${id}`;
    if (!passage) return html`<p>${id}</p>\n`;
    return html`<details>
<summary>${passage.topic[locale]}</summary>
<blockquote lang="sv">${quotedWords(id, content)}</blockquote>
<p><a href="${to}">${id}</a></p>
</details>
`;
  })}`;
}

/** The part of the conversation that the person sent along. */
export function saidTurns(ticket: Ticket, { say }: DeskScene): Html | null {
  if (ticket.said.length === 0) return null;
  return html`<p>${say('desk.said_lead')}</p>
<dl class="said" lang="${ticket.locale}">
${ticket.said.map(({ by, text }) => html`<div><dt>${say(by === 'person' ? 'desk.by_person' : 'desk.by_assistant')}</dt><dd>${text}</dd></div>\n`)}</dl>
`;
}

/** Every step with its reasons. */
export function historyList(ticket: Ticket, scene: DeskScene): Html {
  const { locale, say } = scene;
  return html`<ol class="history">
${ticket.history.map(
  ({
    at,
    to,
    by,
    reason,
  }) => html`<li>${instantText(at, locale)}: <strong>${say(statusTexts[to])}</strong>, ${whoName(by, scene)}
${reason && html`<blockquote lang="${ticket.locale}">${reason}</blockquote>\n`}</li>
`,
)}</ol>
`;
}
