import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a database its owner's alone, also where there is none yet. What SQLite puts beside it takes after it. */
export function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  for (const each of filesOf(file)) {
    try {
      chmodSync(each, 0o600);
    } catch {
      // Where the file is another's, or the disk knows no permissions: `openToOthers` tells of it.
    }
  }
}

/** What of a database and its folder others on this machine can open, by path. Windows has other permissions. */
export function openToOthers(file: string): string[] {
  if (process.platform === 'win32') return [];
  return [dirname(file), ...filesOf(file)].filter((each) => (statSync(each).mode & 0o077) !== 0);
}

function filesOf(file: string): string[] {
  return [file, `${file}-wal`, `${file}-shm`].filter((each) => existsSync(each));
}
