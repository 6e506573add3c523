import { isIP } from 'node:net';
import { z } from 'zod';
import { isPublic } from './public-address.ts';

const secret = z.string().min(32, 'must have at least 32 characters');

/**
 * Where webhooks go, from the configuration alone. Encrypted on the way, unless it stays on this machine; the address
 * carries no password, because addresses end up in logs.
 */
export const targetSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, abort: true })
    .refine((url) => isSafe(new URL(url)), 'must be https, or this machine, and hold no password'),
  /** What it is sent as: our own JSON with the event, or Fides, which is told of new requests only. */
  format: z.enum(['json', 'fides']),
  /** What signatures are made with. */
  secret,
  /** Sent as a Bearer token, where the receiver wants one. */
  token: z.string().min(1).nullable().default(null),
});

export type Target = z.infer<typeof targetSchema>;

/** Whether a host, as it stands in a URL, is this machine by its very name. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * Whether a target is private by what stands in it: this machine, or an address that is not public, however it is
 * written. What a name resolves to shows only when it is looked up.
 */
export function isPrivate(url: string): boolean {
  const { hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  return isLoopback(hostname) || (isIP(host) !== 0 && !isPublic(host));
}

function isSafe({ protocol, hostname, username, password }: URL): boolean {
  return (protocol === 'https:' || isLoopback(hostname)) && username === '' && password === '';
}
