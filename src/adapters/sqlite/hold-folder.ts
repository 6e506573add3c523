import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DatabaseError } from './open-database.ts';

/**
 * Holds a folder of data for this process, so that no second service answers, mails and forgets beside it. The lock is
 * the kernel's: it ends with the process, however that ends. Returns what gives it up.
 * @throws {DatabaseError} where another process holds it.
 */
export function holdFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'running.lock');
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE; COMMIT');
  } catch (cause) {
    lock.close();
    const isHeld = cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY');
    const advice = isHeld
      ? 'another service uses this folder; stop it, or set DATA_DIR to another one'
      : 'cannot be written; set DATA_DIR to a folder that can';
    throw new DatabaseError(file, advice, { cause });
  }
  return () => {
    lock.close();
  };
}
