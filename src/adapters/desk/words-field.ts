import { type Html, html } from '../../pages/html.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { DeskScene } from './desk-page.ts';
import type { Typed } from './ticket-form.ts';

/** A field for words that the person gets to read. */
export interface WordsField {
  field: string;
  label: string;
  /** The id of what explains it. */
  about: string | null;
  isNeeded: boolean;
  /** What stands in it from the start. */
  ready: string;
  ticket: Ticket;
}

/** The field, in the person's language; it keeps what was typed and shows where something is missing. */
export function wordsField(
  { field, label, about, isNeeded, ready, ticket }: WordsField,
  typed: Typed | null,
  { locale }: Pick<DeskScene, 'locale'>,
): Html {
  const text = typed?.texts[field] ?? (typed?.pressed === field ? '' : ready);
  const isMissing = isNeeded && typed?.pressed === field && text.trim() === '';
  const lang = ticket.locale === locale ? null : html` lang="${ticket.locale}"`;
  // Not `required`: it would keep the other buttons of the form from working.
  return html`<p><label for="${field}">${label}</label>
<textarea id="${field}" name="${field}" rows="${ready.length > 200 ? 12 : 6}" maxlength="20000"${about && html` aria-describedby="${about}"`}${isNeeded && html` aria-required="true"`}${isMissing && html` aria-invalid="true"`}${lang}>
${text}</textarea></p>
`;
}
