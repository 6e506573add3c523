import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';

const BYTES = 32;

/**
 * The secret that ticket ids hang on: from the environment, or one that the embedded default makes for itself, once,
 * readable by its owner alone.
 * @throws {ConfigError} where the one it made is damaged: with another, nobody's link or code would work.
 */
export function ticketSecret(config: Pick<Config, 'ticketSecret' | 'dataDir'>): Uint8Array {
  if (config.ticketSecret) return Buffer.from(config.ticketSecret);
  const file = join(config.dataDir, 'ticket-secret');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const secret = read(file) ?? make(file);
  if (secret.length < BYTES)
    throw new ConfigError([`${file} is damaged: restore it from a backup, or set TICKET_SECRET`]);
  return secret;
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

// It gets its name once it is whole and on disk; of two that make one, the first counts.
function make(file: string): Buffer {
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, randomBytes(BYTES));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file);
}
