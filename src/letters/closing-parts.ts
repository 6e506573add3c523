import { z } from 'zod';
import type { Content } from '../content/content.ts';
import { fillText } from '../conversation/render.ts';
import { recipientOf } from '../tickets/recipient.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Addresses, Part } from './letter.ts';

/**
 * How a letter ends: whom to write to, and what has sent it.
 * @param questions the text that says when to write, with a place for the address.
 */
export function closingParts(
  ticket: Ticket,
  content: Content,
  addresses: Addresses,
  questions = 'mail.questions',
): Part[] {
  const { locale } = ticket;
  const email = addresses.answers ?? noticeContact(ticket, content);
  return [
    ...(email ? [{ is: 'paragraph' as const, text: fillText(questions, { email }, content, locale) }] : []),
    { is: 'paragraph', text: fillText('mail.automatic', {}, content, locale) },
  ];
}

// The notice has one address for residents of the EEA and Switzerland and one for all others; null where it has none.
function noticeContact({ slots }: Ticket, content: Content): string | null {
  const { entity } = recipientOf('privacy_office', slots.country ?? null, null);
  const { text = '' } = content.passages.get(entity === 'inc' ? 'contact-1' : 'contact-2') ?? {};
  return text.split(/\s+/).find((word) => z.email().safeParse(word).success) ?? null;
}
