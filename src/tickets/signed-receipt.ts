import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { CompactSign, calculateJwkThumbprint, compactVerify, decodeProtectedHeader, type JWK } from 'jose';
import { z } from 'zod';
import type { Ticket } from './ticket.ts';

/** What a signed receipt says: that a request was received, when, and by when it is answered. Nothing personal. */
export const receiptSchema = z.strictObject({
  number: z.string(),
  type: z.string(),
  receivedAt: z.iso.datetime(),
  due: z.iso.date().nullable(),
  dueRule: z.string(),
  /** When the receipt was signed. */
  issued: z.iso.datetime(),
});

export type Receipt = z.infer<typeof receiptSchema>;

/** Signs receipts, and gives the key by which anybody can check them. */
export interface ReceiptSigner {
  /** A compact JWS (RFC 7515, Ed25519 by RFC 8037). */
  sign(ticket: Ticket, now: Date): Promise<string>;
  /** The public key as a JWK; its `kid` is its thumbprint (RFC 7638). */
  publicKey(): Promise<JWK>;
}

/** A receipt is not one of ours, or has been changed. */
export class ReceiptError extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`the receipt does not hold: ${why}`, options);
    this.name = 'ReceiptError';
  }
}

const TYPE = 'request-receipt+jws';
const publicKeySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
});

/** What is published at /.well-known/receipt-keys.json. */
export const receiptKeysSchema = z.object({ keys: z.array(publicKeySchema) });

/**
 * Reads a private Ed25519 key: PKCS8 as PEM, or a JWK.
 * @throws {RangeError} where it is none; the key is not in the message.
 */
export function readReceiptKey(text: string): KeyObject {
  try {
    const trimmed = text.trim();
    const key = trimmed.startsWith('{')
      ? createPrivateKey({ key: JSON.parse(trimmed), format: 'jwk' })
      : createPrivateKey(trimmed.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What OpenSSL says may quote the key.
  }
  throw new RangeError('must be a private Ed25519 key, PKCS8 as PEM or a JWK');
}

/** A signer with a private Ed25519 key. */
export function receiptSigner(key: KeyObject): ReceiptSigner {
  const { kty, crv, x } = createPublicKey(key).export({ format: 'jwk' });
  const jwk = { kty, crv, x } as JWK;
  const kid = calculateJwkThumbprint(jwk);
  return {
    async sign(ticket, now) {
      const { number, type, receivedAt, due, dueRule } = ticket;
      const receipt: Receipt = { number, type, receivedAt, due, dueRule, issued: now.toISOString() };
      return new CompactSign(Buffer.from(JSON.stringify(receipt)))
        .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid: await kid })
        .sign(key);
    },
    publicKey: async () => ({ ...jwk, kid: await kid, alg: 'EdDSA', use: 'sig' }),
  };
}

/**
 * What a receipt says, once its signature has been checked by one of the published keys.
 * @throws {ReceiptError} where it does not hold.
 */
export async function verifyReceipt(jws: string, published: unknown): Promise<Receipt> {
  const { keys } = receiptKeysSchema.parse(published);
  let kid: unknown;
  try {
    const header = decodeProtectedHeader(jws.trim());
    if (header.typ !== TYPE) throw new ReceiptError('it is something else');
    kid = header.kid;
  } catch (cause) {
    if (cause instanceof ReceiptError) throw cause;
    throw new ReceiptError('it is no signed receipt', { cause });
  }
  const key = keys.find((each) => each.kid === kid);
  if (!key) throw new ReceiptError('it was signed by a key that is not published');
  try {
    const publicKey = createPublicKey({ key, format: 'jwk' });
    const { payload } = await compactVerify(jws.trim(), publicKey, { algorithms: ['EdDSA'] });
    return receiptSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    throw new ReceiptError('it has been changed since it was signed', { cause });
  }
}
