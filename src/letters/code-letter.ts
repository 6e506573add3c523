import type { Content } from '../content/content.ts';
import { fillText } from '../conversation/render.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { asksForCode } from './disclosure.ts';
import { type Letter, type Part, writeLetter } from './letter.ts';

/** The letter with the six digits. They are not in the subject, which is shown on locked screens. */
export function codeLetter(ticket: Ticket, code: string, content: Content): Letter {
  const { locale, number } = ticket;
  const paragraph = (id: string): Part => ({
    is: 'paragraph',
    text: fillText(id, { number }, content, locale),
  });
  return writeLetter(
    fillText('mail.code.subject', { number }, content, locale),
    [
      paragraph('mail.hello'),
      paragraph('mail.code.lead'),
      { is: 'code', code },
      paragraph('mail.code.valid'),
      paragraph(asksForCode(ticket) ? 'mail.code.why' : 'mail.code.opt_out'),
      paragraph('mail.code.not_you'),
      paragraph('mail.automatic'),
    ],
    locale,
  );
}
