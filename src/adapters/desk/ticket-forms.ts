import { type Html, html } from '../../pages/html.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { DeskScene } from './desk-page.ts';
import { instantText } from './instant-text.ts';
import { identityTexts } from './labels.ts';
import { type Typed, textField } from './ticket-form.ts';
import { whoName } from './who-name.ts';

/** What officers have written for one another, and the field for more. */
export function noteForms(
  { notes }: Ticket,
  typed: Typed | null,
  isOfficer: boolean,
  scene: DeskScene,
): Html | null {
  const { locale, say } = scene;
  const field = textField('note');
  const form =
    isOfficer &&
    html`<p><label for="${field}">${say('desk.note')}</label>
<textarea id="${field}" name="${field}" rows="4" maxlength="20000" aria-describedby="note-about">
${typed?.texts[field]}</textarea></p>
<p id="note-about" class="hint">${say('desk.note_about')}</p>
<p><button class="button" name="do" value="note">${say('desk.note_button')}</button></p>
`;
  if (notes.length === 0 && !form) return null;
  return html`${
    notes.length > 0 &&
    html`<ol class="history">
${notes.map(({ at, by, text }) => html`<li>${instantText(at, locale)}, ${whoName(by, scene)}<blockquote>${text}</blockquote></li>\n`)}</ol>
`
  }${form}`;
}

/** The buttons that take a ticket and hand it back, and the list of those who may take it. */
export function assignForms(
  { assignee }: Ticket,
  takers: Readonly<Record<string, string>>,
  { say, session }: DeskScene,
): Html {
  const me = session?.officer.id;
  const button = (value: string, text: string) =>
    html`<button class="button" name="do" value="${value}">${say(text)}</button>\n`;
  const others = Object.entries(takers)
    .filter(([id]) => id !== me && id !== assignee)
    .sort(([, one], [, other]) => one.localeCompare(other));
  return html`<p>${assignee !== me && button('assign:me', 'desk.take')}${assignee !== null && button('assign:nobody', 'desk.leave')}</p>
${
  others.length > 0 &&
  html`<p><label for="assign">${say('desk.assign_to')}</label>
<select id="assign" name="assign">
<option value="">${say('desk.assign_choose')}</option>
${others.map(([id, name]) => html`<option value="${id}">${name}</option>\n`)}</select></p>
<p>${button('assign', 'desk.assign_button')}</p>
`
}`;
}

/** The choice of what has been shown of who the person is. */
export function identityForm({ type, identity }: Ticket, { say }: DeskScene): Html {
  return html`${type === 'marketing_opt_out' && html`<p>${say('desk.identity_not_needed')}</p>\n`}<p><label for="identify">${say('desk.identity_label')}</label>
<select id="identify" name="identify">
${Object.entries(identityTexts).map(([value, text]) => html`<option value="${value}"${value === identity && html` selected`}>${say(text)}</option>\n`)}</select></p>
<p><button class="button" name="do" value="identify">${say('desk.identity_button')}</button></p>
`;
}
