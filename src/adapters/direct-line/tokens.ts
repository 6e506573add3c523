import { hkdfSync, randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { Refusal } from './refusal.ts';

/** Whom a token speaks for: one person in one conversation. */
export interface Bearer {
  conversation: string;
  user: string;
  /** The language that was asked for with the token. */
  locale?: string | undefined;
}

/** Tokens for the two doors: the API, and the stream, whose token stands in a URL and so lives a minute. */
export interface Tokens {
  sign(purpose: Purpose, bearer: Bearer): Promise<string>;
  /** @throws {Refusal} 403 for whatever is not a living token of ours for this purpose; which fault, nobody is told. */
  verify(purpose: Purpose, token: string): Promise<Bearer>;
}

export type Purpose = 'api' | 'stream';

/** Seconds that a token of each purpose lives; directlinejs renews its own every 15 minutes. */
export const TOKEN_SECONDS: Record<Purpose, number> = { api: 60 * 60, stream: 60 };

const ISSUER = 'sekretessassistenten';
// `user` is the claim in which directlinejs and Web Chat look for the person's id.
const claimsSchema = z.object({
  conv: z.string().min(1),
  user: z.string().startsWith('dl_'),
  loc: z.string().optional(),
});

/** Tokens signed with HS256 under a key for each purpose, both derived from `secret`. */
export function tokensFrom(secret: Uint8Array, clock: () => Date): Tokens {
  const keyFor = (purpose: Purpose) =>
    new Uint8Array(hkdfSync('sha256', secret, '', `sekretessassistenten direct line ${purpose}`, 32));
  const keys = { api: keyFor('api'), stream: keyFor('stream') };
  const audienceOf = (purpose: Purpose) => `directline-${purpose}`;

  return {
    sign(purpose, { conversation, user, locale }) {
      const now = Math.floor(clock().getTime() / 1000);
      return new SignJWT({ conv: conversation, user, ...(locale ? { loc: locale } : {}) })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setAudience(audienceOf(purpose))
        .setIssuedAt(now)
        .setExpirationTime(now + TOKEN_SECONDS[purpose])
        .sign(keys[purpose]);
    },
    async verify(purpose, token) {
      const expected = {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: audienceOf(purpose),
        currentDate: clock(),
        requiredClaims: ['exp'],
      };
      try {
        const { payload } = await jwtVerify(token, keys[purpose], expected);
        const { conv, user, loc } = claimsSchema.parse(payload);
        return { conversation: conv, user, locale: loc };
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof z.ZodError)
          throw new Refusal(403, 'The token is not valid here, or has expired');
        throw error;
      }
    },
  };
}

/** A new bearer in a conversation of their own. A wanted id is kept where it is one that a token may carry. */
export function newBearer(wanted?: string, locale?: string): Bearer {
  const isFine = wanted !== undefined && /^dl_[\w-]{1,64}$/.test(wanted);
  const user = isFine ? wanted : `dl_${randomBytes(16).toString('base64url')}`;
  return { conversation: randomBytes(16).toString('base64url'), user, locale };
}
