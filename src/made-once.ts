import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * What is in a file that is made once, readable by its owner alone; where there is none yet, `make` says what comes into
 * it. It gets its name once it is whole and on disk; of two that make one, the first counts.
 */
export function madeOnce(file: string, make: () => string | Uint8Array): Buffer {
  const made = read(file);
  if (made) return made;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const content = make();
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeFileSync(handle, content);
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

function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
