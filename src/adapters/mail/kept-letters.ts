import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Letters that were written to files stay so long, in milliseconds: long enough to look at, as in an outbox. */
const KEPT_MS = 30 * 86_400_000;

/** Where letters are written to that are not sent. */
export function lettersFolder(dataDir: string): string {
  return join(dataDir, 'outbox-mail');
}

/** Deletes the letters in a folder whose 30 days are over; returns how many. */
export async function dropOldLetters(folder: string, now: Date): Promise<number> {
  let dropped = 0;
  for (const name of await lettersIn(folder)) {
    const file = join(folder, name);
    if ((await stat(file)).mtimeMs > now.getTime() - KEPT_MS) continue;
    await rm(file, { force: true });
    dropped += 1;
  }
  return dropped;
}

// No folder: no letter was ever written.
async function lettersIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
