import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Who does something with tickets: a person by their ticket, an officer by their account, a program by its key. */
export interface Actor {
  id: string;
  role: 'person' | 'recruiter' | 'reader' | 'officer' | 'administrator' | 'api' | 'system';
}

/** Something that was looked at or changed, before it has its place in the log. Never a word of a person's. */
export interface AuditEvent {
  /** ISO 8601. */
  at: string;
  by: Actor;
  /** What was done, such as `ticket.look`, `ticket.move` or `retention.purge`. */
  action: string;
  ticketId: string | null;
  /** Ids, states and figures that tell more. */
  detail: Readonly<Record<string, string | number>>;
}

export const auditEntrySchema = z.object({
  /** Its place: 1, 2, 3 … without a gap. */
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  by: z.object({
    id: z.string(),
    role: z.enum(['person', 'recruiter', 'reader', 'officer', 'administrator', 'api', 'system']),
  }),
  action: z.string().min(1),
  ticketId: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  /** SHA-256 (hex) of the entry before it; zeros for the first. */
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  /** SHA-256 (hex) of this entry with `previous`, without this field. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** An entry of the log. Each holds the hash of the one before it: what is changed or taken out later shows. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** An append-only log. Appending is durable before it is acknowledged, and two at once make two entries in a row. */
export interface AuditLog {
  append(event: AuditEvent): Promise<AuditEntry>;
  /** Entries after a place, oldest first. */
  read(after: number, limit: number): Promise<AuditEntry[]>;
  /** The last entries before a place, or of all; newest first. */
  latest(limit: number, before?: number): Promise<AuditEntry[]>;
  /** The last entries about a ticket, or the last of some actions; the oldest of them first. */
  about(ticketId: string, limit: number, actions?: readonly string[]): Promise<AuditEntry[]>;
}

const START = '0'.repeat(64);
const PAGE = 500;
const UNREADABLE: Omit<AuditEntry, 'seq' | 'ticketId'> = {
  at: new Date(0).toISOString(),
  by: { id: 'unknown', role: 'system' },
  action: 'unreadable',
  detail: {},
  previous: START,
  hash: START,
};

/** The entry that an event becomes behind the last one (null: it is the first). */
export function chain(event: AuditEvent, last: AuditEntry | null): AuditEntry {
  const { at, by, action, ticketId, detail } = event;
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at,
    by: { id: by.id, role: by.role },
    action,
    ticketId,
    detail: { ...detail },
    previous: last?.hash ?? START,
  };
  return { ...entry, hash: hashOf(entry) };
}

/** An entry as a store keeps it: as text, and beside it what it is found by. */
export interface KeptEntry {
  seq: number;
  ticketId: string | null;
  text: string;
}

/**
 * Reads a kept entry. What stands beside it is part of it: one that does not stand as it was written has lost its hash,
 * and the chain is broken there. One that cannot be read at all says so, and hides no other.
 */
export function entryFrom({ seq, ticketId, text }: KeptEntry): AuditEntry {
  const entry = parse(text);
  if (!entry) return { ...UNREADABLE, seq, ticketId };
  const isIntact = entry.seq === seq && entry.ticketId === ticketId && JSON.stringify(entry) === text;
  return isIntact ? entry : { ...entry, hash: UNREADABLE.hash };
}

/** An entry by its place and hash, such as `143:3fa9…`. Kept elsewhere, it shows whether the log still goes so far. */
export function headOf({ seq, hash }: AuditEntry): string {
  return `${seq}:${hash}`;
}

/** What going through the log has found. */
export interface Verified {
  /** How many entries hold. */
  entries: number;
  /** The last that does (`headOf`); null where none does. */
  head: string | null;
  /** The place of the first entry that does not hold, or that should be there and is not; null where all is well. */
  brokenAt: number | null;
}

/**
 * Goes through the whole log. A chain does not show what was cut off its end: `known` is the head of an earlier day,
 * which must still be there.
 */
export async function verifyAudit(log: Pick<AuditLog, 'read'>, known?: string): Promise<Verified> {
  const knownAt = Number(known?.split(':')[0] ?? 0);
  let last: AuditEntry | null = null;
  const found = (brokenAt: number | null): Verified => ({
    entries: last?.seq ?? 0,
    head: last && headOf(last),
    brokenAt,
  });
  for (;;) {
    const page: AuditEntry[] = await log.read(last?.seq ?? 0, PAGE);
    for (const entry of page) {
      const { hash, ...rest } = entry;
      const seq = (last?.seq ?? 0) + 1;
      const isNext = entry.seq === seq && entry.previous === (last?.hash ?? START);
      const isKnown = seq !== knownAt || headOf(entry) === known;
      if (!isNext || hash !== hashOf(rest) || !isKnown) return found(seq);
      last = entry;
    }
    if (page.length < PAGE) {
      const next = (last?.seq ?? 0) + 1;
      return found(knownAt < next ? null : next);
    }
  }
}

function parse(text: string): AuditEntry | null {
  try {
    return auditEntrySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

// Keys in a fixed order, so that the same entry has the same hash wherever it is kept.
function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const detail = Object.entries(entry.detail).sort(([one], [other]) => (one < other ? -1 : 1));
  const { seq, at, by, action, ticketId, previous } = entry;
  const text = JSON.stringify([seq, at, by.id, by.role, action, ticketId, detail, previous]);
  return createHash('sha256').update(text).digest('hex');
}
