import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CONSOLE, type Officer } from './officer.ts';
import { DAY_MS } from './sessions.ts';

/** How long a link on the console is good, in milliseconds. */
export const LINK_MS = 15 * 60_000;
/** A new link is printed at most so often, and so many are good at a time. */
const REPRINT_MS = 10_000;
const LINKS = 3;

/** Sign-in by a link on the console of the machine: whoever can read the console may administer the desk. */
export interface LinkSignIn {
  kind: 'link';
  sessionMs: number;
  /** Prints a new link; nothing where one was printed just now, or enough are good: whoever asks ends none of them. */
  print(): void;
  /** The administrator that a code makes, once; null for any other code. */
  redeem(code: string): Officer | null;
}

/** `print` writes the path of a link to the console. The code is kept in memory, as its hash. */
export function linkSignIn(print: (path: string) => void, clock: () => Date): LinkSignIn {
  let open: { hash: Buffer; until: number; printed: number }[] = [];
  return {
    kind: 'link',
    sessionMs: DAY_MS,
    print() {
      const now = clock().getTime();
      open = open.filter(({ until }) => now < until);
      const isEnough = open.length >= LINKS || open.some(({ printed }) => now - printed < REPRINT_MS);
      if (isEnough) return;
      const code = randomBytes(32).toString('base64url');
      open.push({ hash: hashOf(code), until: now + LINK_MS, printed: now });
      print(`/desk/sign-in?code=${code}`);
    },
    redeem(code) {
      const now = clock().getTime();
      const given = hashOf(code);
      const right = open.find(({ hash, until }) => now < until && timingSafeEqual(hash, given));
      if (!right) return null;
      open = open.filter((link) => link !== right);
      return { id: CONSOLE, name: '', role: 'administrator' };
    },
  };
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
