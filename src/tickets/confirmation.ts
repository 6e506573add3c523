import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type DocumentStore, EtagMismatch, type OutboxEntry } from './ticket-store.ts';

/** What came of a code: it was right; it was not; there is none that still holds; it was tried too often. */
export type CodeCheck = 'confirmed' | 'wrong' | 'expired' | 'locked';

/**
 * What a code is for: a ticket at its present address, and the way it was asked for. Whoever only knows number and
 * address (`find`) uses up no code of somebody who has the ticket's link.
 */
export interface CodeFor {
  ticketId: string;
  address: string;
  door: Door;
}
export type Door = 'link' | 'find';

/** Shows that an e-mail address is somebody's: whoever reads its mail knows the code. */
export interface Confirmations {
  /**
   * A new code is due, and the one before it no longer holds. The caller leaves word for the mail (`entryForCode`).
   * False: there have been so many in a day that no new one is made.
   */
  begin(what: CodeFor, now: Date): Promise<boolean>;
  /** The six digits that hold now, for the letter; null where none do. They are derived, never stored. */
  codeOf(what: CodeFor, now: Date): Promise<string | null>;
  /**
   * Tries a code as it was typed. Each try counts, even two at once; a code is confirmed once. One that was sent to
   * another address than the present one is wrong.
   */
  check(what: CodeFor, code: string, now: Date): Promise<CodeCheck>;
}

const VALID_MS = 30 * 60_000;
const TRIES = 5;
/** A million codes, five tries each: who guesses at one ticket all day is right once in 40,000 days. */
const CODES_A_DAY = 5;
const DAY_MS = 24 * 3_600_000;

const confirmationSchema = z.object({
  /** Random, base64url: the code hangs on it and on the secret. */
  nonce: z.string().min(16),
  tries: z.number().int().min(0),
  isUsed: z.boolean(),
  /** When each code of the last day was made, ISO 8601; the last is the one that holds. */
  begun: z.array(z.iso.datetime()).min(1),
});
type Confirmation = z.infer<typeof confirmationSchema>;

/** Confirmations kept as documents; `secret` is the one that ticket ids hang on. */
export function confirmationsIn(documents: DocumentStore, secret: Uint8Array): Confirmations {
  const read = async (what: CodeFor, now: Date) => {
    const found = (await documents.read([keyOf(what)], now)).get(keyOf(what));
    return found ? { last: confirmationSchema.parse(found.value), etag: found.etag } : null;
  };
  const write = (what: CodeFor, value: Confirmation, etag: string | null, now: Date) =>
    documents.write(keyOf(what), value, etag, now, new Date(now.getTime() + DAY_MS));
  const codeFor = ({ ticketId, address }: CodeFor, { nonce }: Confirmation) => {
    const named = ['confirmation', ticketId, address.toLowerCase(), nonce].join('\0');
    const mac = createHmac('sha256', secret).update(named).digest();
    return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
  };
  return {
    begin: (what, now) =>
      again(async () => {
        const found = await read(what, now);
        const recent = (found?.last.begun ?? []).filter((at) => Date.parse(at) > now.getTime() - DAY_MS);
        if (recent.length >= CODES_A_DAY) return false;
        const nonce = randomBytes(16).toString('base64url');
        const begun = [...recent, now.toISOString()];
        await write(what, { nonce, tries: 0, isUsed: false, begun }, found?.etag ?? null, now);
        return true;
      }),
    async codeOf(what, now) {
      const found = await read(what, now);
      return found && holds(found.last, now) && found.last.tries < TRIES ? codeFor(what, found.last) : null;
    },
    check: (what, code, now) =>
      again(async () => {
        const found = await read(what, now);
        if (!found || !holds(found.last, now)) return 'expired';
        const { last, etag } = found;
        if (last.tries >= TRIES) return 'locked';
        const isRight = equal(code.replace(/\s/g, ''), codeFor(what, last));
        // Written before it is answered: of two tries at once the second sees the first.
        await write(what, { ...last, tries: last.tries + 1, isUsed: isRight }, etag, now);
        if (isRight) return 'confirmed';
        return last.tries + 1 >= TRIES ? 'locked' : 'wrong';
      }),
  };
}

/** Word for the mail that a code is due; `now` is when it was begun, so that each code has its own letter. */
export function entryForCode({ ticketId, door }: Omit<CodeFor, 'address'>, now: Date): OutboxEntry {
  const at = now.toISOString();
  return {
    id: `${ticketId}/code/${door}/${at}/${randomBytes(6).toString('base64url')}`,
    ticketId,
    kind: 'mail.code',
    createdAt: at,
    notBefore: at,
    attempts: 0,
  };
}

/** The way that the code of an entry was asked for. */
export function doorOf({ id }: OutboxEntry): Door {
  return id.includes('/code/find/') ? 'find' : 'link';
}

function holds({ begun, isUsed }: Confirmation, now: Date): boolean {
  const age = now.getTime() - Date.parse(begun.at(-1) ?? '');
  return !isUsed && age < VALID_MS;
}

function keyOf({ ticketId, door }: CodeFor): string {
  return `confirmation/${ticketId}/${door}`;
}

function equal(given: string, code: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(code)];
  return one.length === other.length && timingSafeEqual(one, other);
}

// Somebody else's write in between means looking again; each round of writers has one who gets through.
async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof EtagMismatch)) throw error;
    }
  }
}
