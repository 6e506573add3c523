import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';
import { madeOnce } from './made-once.ts';

const BYTES = 32;

/**
 * The secret that ticket ids hang on: from the environment, or one that the embedded default makes for itself, once,
 * readable by its owner alone.
 * @throws {ConfigError} where the one it made is damaged: with another, nobody's link or code would work.
 */
export function ticketSecret(config: Pick<Config, 'ticketSecret' | 'dataDir'>): Uint8Array {
  if (config.ticketSecret) return Buffer.from(config.ticketSecret);
  const file = join(config.dataDir, 'ticket-secret');
  const secret = madeOnce(file, () => randomBytes(BYTES));
  if (secret.length < BYTES)
    throw new ConfigError([`${file} is damaged: restore it from a backup, or set TICKET_SECRET`]);
  return secret;
}
