import { createHmac, timingSafeEqual } from 'node:crypto';

/** For how many seconds a signature holds, before and after: clocks differ, and what is older is somebody's copy. */
export const TOLERANCE_SECONDS = 300;

/**
 * The header `X-Signature` of a webhook: `t=<seconds since 1970>,v1=<hex HMAC-SHA256(secret, t + "." + body)>`. The body
 * is signed byte for byte as it is sent.
 */
export function signWebhook(body: string | Uint8Array, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `t=${seconds},v1=${hmac(seconds, body, secret).toString('hex')}`;
}

/**
 * Whether a webhook is ours, for those who receive it:
 * 1. take the body as it came, before anything reads it as JSON;
 * 2. compute HMAC-SHA256 over `t`, a dot and the body, with the secret that both sides have;
 * 3. compare it with `v1` in constant time, and `t` with the clock: more than five minutes off is refused;
 * 4. do nothing twice for one `X-Event-Id`: a webhook comes again where its answer was lost.
 *
 * A header may carry several `v1`, while a secret is being changed. A malformed header is no signature.
 */
export function verifyWebhook(
  header: string,
  body: string | Uint8Array,
  secret: string,
  now: Date,
  toleranceSeconds: number = TOLERANCE_SECONDS,
): boolean {
  const parts = header.split(',').map((part) => part.trim());
  const time = /^t=(\d{1,12})$/.exec(parts.find((part) => part.startsWith('t=')) ?? '')?.[1];
  if (time === undefined) return false;
  if (Math.abs(now.getTime() / 1000 - Number(time)) > toleranceSeconds) return false;
  const expected = hmac(Number(time), body, secret);
  return parts
    .map((part) => /^v1=([0-9a-f]{64})$/.exec(part)?.[1])
    .filter((hex) => hex !== undefined)
    .map((hex) => timingSafeEqual(Buffer.from(hex, 'hex'), expected))
    .includes(true);
}

function hmac(seconds: number, body: string | Uint8Array, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}
