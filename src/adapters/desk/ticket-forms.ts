import { type Html, html } from '../../pages/html.ts';
import type { StoredTicket } from '../../tickets/ticket-store.ts';
import { type DeskScene, deskForm, officerName } from './desk-page.ts';
import { instantText } from './instant-text.ts';
import { identityTexts } from './labels.ts';
import type { Typed } from './move-forms.ts';

/** What officers have written for one another, and the form for more. */
export function noteForms(
  found: StoredTicket,
  typed: Typed | null,
  isOfficer: boolean,
  scene: DeskScene,
): Html | null {
  const { locale, say } = scene;
  const { ticket, etag } = found;
  const form = isOfficer
    ? deskForm(
        scene,
        `/desk/ticket/${ticket.number}`,
        html`<input type="hidden" name="etag" value="${etag}">
<input type="hidden" name="do" value="note">
<p><label for="note">${say('desk.note')}</label>
<textarea id="note" name="text" rows="4" maxlength="20000" required aria-describedby="note-about">
${typed?.do === 'note' ? typed.text : ''}</textarea></p>
<p id="note-about" class="hint">${say('desk.note_about')}</p>
<button class="button">${say('desk.note_button')}</button>`,
      )
    : null;
  if (ticket.notes.length === 0 && !form) return null;
  return html`${
    ticket.notes.length > 0 &&
    html`<ol class="history">
${ticket.notes.map(({ at, by, text }) => html`<li>${instantText(at, locale)}, ${officerName(by, scene)}<blockquote>${text}</blockquote></li>\n`)}</ol>
`
  }${form}`;
}

/** The buttons that take a ticket and hand it back. */
export function assignForms({ ticket, etag }: StoredTicket, scene: DeskScene): Html {
  const { say, session } = scene;
  const button = (to: 'me' | 'nobody', text: string) =>
    deskForm(
      scene,
      `/desk/ticket/${ticket.number}`,
      html`<input type="hidden" name="etag" value="${etag}">
<input type="hidden" name="do" value="assign">
<button class="button" name="to" value="${to}">${say(text)}</button>`,
    );
  return html`${ticket.assignee !== session?.officer.id && button('me', 'desk.take')}${ticket.assignee !== null && button('nobody', 'desk.leave')}`;
}

/** The form for what has been shown of who the person is. */
export function identityForm({ ticket, etag }: StoredTicket, scene: DeskScene): Html {
  const { say } = scene;
  return html`${ticket.type === 'marketing_opt_out' && html`<p>${say('desk.identity_not_needed')}</p>\n`}${deskForm(
    scene,
    `/desk/ticket/${ticket.number}`,
    html`<input type="hidden" name="etag" value="${etag}">
<input type="hidden" name="do" value="identify">
<p><label for="identify">${say('desk.identity_label')}</label>
<select id="identify" name="to">
${Object.entries(identityTexts).map(([value, text]) => html`<option value="${value}"${value === ticket.identity && html` selected`}>${say(text)}</option>\n`)}</select></p>
<button class="button">${say('desk.identity_button')}</button>`,
  )}`;
}
