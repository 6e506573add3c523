import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Letter } from '../../letters/letter.ts';
import type { Locale } from '../../text/words.ts';
import type { Sender } from './sender.ts';

/** A whole message, ready for a mail server or a file. */
export interface Message {
  /** The same for the same entry of the outbox, so that a repetition is recognised. */
  id: string;
  from: string;
  to: string;
  /** RFC 5322, with CRLF. */
  raw: Buffer;
}

/** A letter as a message (RFC 5322, 3834). `now` becomes its date. */
export async function composeMessage(
  entry: string,
  to: string,
  letter: Letter,
  locale: Locale,
  sender: Sender,
  now: Date,
): Promise<Message> {
  const name = entryName(entry);
  const id = `<${name}@${sender.address.split('@').at(-1)}>`;
  const composer = new MailComposer({
    messageId: id,
    date: now,
    from: { name: sender.name, address: sender.address },
    to: { name: '', address: to },
    ...(sender.replyTo ? { replyTo: { name: '', address: sender.replyTo } } : {}),
    subject: letter.subject.replace(/\p{Cc}+/gu, ' '),
    text: letter.text,
    html: letter.html,
    headers: {
      // No holiday notes and no other machine's answers.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': locale,
    },
    // The same entry makes the same message, to the byte, but for its date.
    baseBoundary: name,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { id, from: sender.address, to, raw: await composer.compile().build() };
}

/** What an entry is called outside: it tells nothing of its ticket. */
export function entryName(entry: string): string {
  return createHash('sha256').update(entry).digest('hex').slice(0, 32);
}
