import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a program may do: a reader looks and exports, an officer files and moves as well. */
export type ApiRole = 'reader' | 'officer';

/** A program's key as it is configured: who it is, what it may do, and the SHA-256 (hex) of the key. */
export interface ApiKey {
  id: string;
  role: ApiRole;
  hash: string;
}

/** One key of `API_KEYS`: `id:role:sha256`. The key itself is known to the program alone. */
export const apiKeySchema = z
  .string()
  .regex(
    /^[a-z0-9_-]{1,40}:(?:reader|officer):[0-9a-f]{64}$/,
    'must be id:role:sha256 with a role of reader or officer and 64 hexadecimal digits',
  )
  .transform((text): ApiKey => {
    const [id = '', role, hash = ''] = text.split(':');
    return { id, role: role === 'officer' ? 'officer' : 'reader', hash };
  });

/**
 * Whose key an Authorization header carries, or null. Every configured key is compared, each in constant time: how long
 * it takes tells nothing about any of them.
 */
export function keyOf(header: string | undefined, keys: readonly ApiKey[]): ApiKey | null {
  const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(header ?? '')?.[1];
  if (given === undefined) return null;
  const hash = createHash('sha256').update(given).digest();
  const [found] = keys.filter((key) => timingSafeEqual(Buffer.from(key.hash, 'hex'), hash));
  return found ?? null;
}
