import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { madeOnce } from './made-once.ts';
import { readReceiptKey } from './tickets/signed-receipt.ts';

/**
 * The private Ed25519 key that receipts are signed with: from the environment, or one that the embedded default makes
 * for itself, once, readable by its owner alone.
 * @throws {RangeError} where it is no such key.
 */
export function receiptKey(config: { receiptKey: string | null; dataDir: string }): KeyObject {
  const text = config.receiptKey || madeOnce(join(config.dataDir, 'receipt-key.pem'), newKey).toString();
  return readReceiptKey(text);
}

function newKey(): string | Buffer {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
}
