import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** A form's own token: what it is for, whose it is, and the form's id, which makes one ticket however often it is sent. */
export interface FormTokens {
  /** A token for a form; `id` keeps the id of one that has grown old. */
  issue(purpose: string, visitor: string, now: Date, id?: string): string;
  /** The id of the form, and whether its time is over; null where the token is not this visitor's for this purpose. */
  read(
    purpose: string,
    visitor: string,
    token: string | undefined,
    now: Date,
  ): { id: string; isOld: boolean } | null;
}

const MINUTES = 30;

/** An id that cannot be guessed: 128 bits, base64url. */
export function randomId(): string {
  return randomBytes(16).toString('base64url');
}

/** Tokens from a secret: nothing is stored, and one that is made elsewhere does not hold. */
export function formTokens(secret: Uint8Array): FormTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'request-form', 32));
  const mac = (...parts: string[]) => createHmac('sha256', key).update(parts.join('\0')).digest();
  return {
    issue(purpose, visitor, now, id = randomId()) {
      const issued = now.getTime().toString(36);
      return `${id}.${issued}.${mac(purpose, visitor, id, issued).toString('base64url')}`;
    },
    read(purpose, visitor, token, now) {
      const [, id, issued, given] = /^([\w-]{22})\.([0-9a-z]{1,11})\.([\w-]{43})$/.exec(token ?? '') ?? [];
      if (!id || !issued || !given) return null;
      if (!timingSafeEqual(mac(purpose, visitor, id, issued), Buffer.from(given, 'base64url'))) return null;
      return { id, isOld: now.getTime() - Number.parseInt(issued, 36) > MINUTES * 60_000 };
    },
  };
}
