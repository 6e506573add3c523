import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

/**
 * The secret that ticket ids hang on: from the environment, or one that the embedded default makes for itself, once,
 * readable by its owner alone.
 */
export function ticketSecret(config: Config): Uint8Array {
  if (config.ticketSecret) return Buffer.from(config.ticketSecret);
  const file = join(config.dataDir, 'ticket-secret');
  mkdirSync(config.dataDir, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file);
}
