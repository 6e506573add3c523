import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CONSOLE, type Officer } from './officer.ts';

/** How long a link on the console is good, in milliseconds. */
export const LINK_MS = 15 * 60_000;
/** A new link is printed at most so often. */
const REPRINT_MS = 10_000;

/** Sign-in by a link on the console of the machine: whoever can read the console may administer the desk. */
export interface LinkSignIn {
  kind: 'link';
  /** Prints a new link, which replaces the one before; nothing where one was printed just now. */
  print(): void;
  /** The administrator that a code makes, once; null for any other code. */
  redeem(code: string): Officer | null;
}

/** `print` writes the path of a link to the console. The code is kept in memory, as its hash. */
export function linkSignIn(print: (path: string) => void, clock: () => Date): LinkSignIn {
  let open: { hash: Buffer; until: number; printed: number } | null = null;
  return {
    kind: 'link',
    print() {
      const now = clock().getTime();
      if (open && now - open.printed < REPRINT_MS) return;
      const code = randomBytes(32).toString('base64url');
      open = { hash: hashOf(code), until: now + LINK_MS, printed: now };
      print(`/desk/sign-in?code=${code}`);
    },
    redeem(code) {
      const isRight =
        open !== null && clock().getTime() < open.until && timingSafeEqual(open.hash, hashOf(code));
      if (!isRight) return null;
      open = null;
      return { id: CONSOLE, name: '', role: 'administrator' };
    },
  };
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
