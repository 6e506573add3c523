import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReceiptKey } from './tickets/signed-receipt.ts';

/**
 * The private Ed25519 key that receipts are signed with: from the environment, or one that the embedded default makes
 * for itself, once, readable by its owner alone.
 * @throws {RangeError} where it is no such key.
 */
export function receiptKey(config: { receiptKey: string | null; dataDir: string }): KeyObject {
  if (config.receiptKey) return readReceiptKey(config.receiptKey);
  const file = join(config.dataDir, 'receipt-key.pem');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readReceiptKey(readFileSync(file, 'utf8'));
}
