import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Courier } from '../../tickets/courier.ts';
import { entryName, type Message } from './compose-message.ts';
import { type MailRoom, mailCourier } from './mail-courier.ts';

/**
 * Puts letters as `.eml` files into a folder instead of sending them: one for each entry, under a name of its own,
 * whole or not at all, readable by its owner alone.
 */
export function fileCourier(room: MailRoom, folder: string): Courier {
  return mailCourier(room, async (message, entry) => {
    try {
      await writeWhole(folder, `${entryName(entry)}.eml`, message);
    } catch (error) {
      return { is: 'delayed', why: String((error as NodeJS.ErrnoException).code ?? 'unknown') };
    }
    return { is: 'posted' };
  });
}

async function writeWhole(folder: string, name: string, { raw }: Message): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${name}`);
  // A draft that a crash has left may have other permissions; a new one has none but these.
  await rm(draft, { force: true });
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(raw);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, name));
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
