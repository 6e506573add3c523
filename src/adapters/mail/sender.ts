import { z } from 'zod';

/** Who letters are from, and where answers to them go where that is somebody else. */
export interface Sender {
  name: string;
  address: string;
  replyTo: string | null;
}

/** `Name <address>` or an address alone; the name has no control characters, quotes or angle brackets. */
export const mailboxSchema = z
  .string()
  .trim()
  .transform((text, context) => {
    const [, name = '', address = ''] = /^(?:([^<>"\p{Cc}]*)<([^<>]*)>|(?=))$/u.exec(text) ?? ['', '', text];
    const parsed = z.email().safeParse(address.trim());
    if (parsed.success) return { name: name.trim(), address: parsed.data };
    context.addIssue({ code: 'custom', message: 'must be an address or Name <address>' });
    return z.NEVER;
  });
