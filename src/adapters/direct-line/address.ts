import { isIPv6 } from 'node:net';
import { Refusal } from './refusal.ts';

/** Where the API stands on the server. */
export const BASE = '/v3/directline';

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * The address of a conversation's stream: at the public address, or without one where the request says that it came,
 * as long as that is this machine. Any other Host is the caller's word only.
 * @throws {Refusal} 503 where neither is known.
 */
export function streamAddress(
  publicUrl: string | null,
  host: string | undefined,
  conversation: string,
  query: Record<string, string>,
): string {
  const isLocal = host !== undefined && LOOPBACK_HOST.test(host);
  const base = publicUrl ?? (isLocal ? `http://${host}` : null);
  if (!base) throw new Refusal(503, 'PUBLIC_URL is not set, so the address of the stream is not known');
  const url = new URL(`${BASE}/conversations/${conversation}/stream`, base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams(query).toString();
  return url.href;
}

/** What an address is counted as: IPv6 by its first 64 bits, because one household has all that follow. */
export function countedAddress(address: string | undefined): string {
  if (!address) return 'unknown';
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
