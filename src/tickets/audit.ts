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
  /** The entries about a ticket, oldest first. */
  about(ticketId: string, limit: number): Promise<AuditEntry[]>;
}

const START = '0'.repeat(64);
const PAGE = 500;

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

/** Goes through the whole log. Returns how many entries hold, and the place of the first that does not, if any. */
export async function verifyAudit(log: AuditLog): Promise<{ entries: number; brokenAt: number | null }> {
  let last: AuditEntry | null = null;
  for (;;) {
    const page: AuditEntry[] = await log.read(last?.seq ?? 0, PAGE);
    for (const entry of page) {
      const { hash, ...rest } = entry;
      const isNext = entry.seq === (last?.seq ?? 0) + 1 && entry.previous === (last?.hash ?? START);
      if (!isNext || hash !== hashOf(rest))
        return { entries: last?.seq ?? 0, brokenAt: (last?.seq ?? 0) + 1 };
      last = entry;
    }
    if (page.length < PAGE) return { entries: last?.seq ?? 0, brokenAt: null };
  }
}

// Keys in a fixed order, so that the same entry has the same hash wherever it is kept.
function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const detail = Object.entries(entry.detail).sort(([one], [other]) => (one < other ? -1 : 1));
  const { seq, at, by, action, ticketId, previous } = entry;
  const text = JSON.stringify([seq, at, by.id, by.role, action, ticketId, detail, previous]);
  return createHash('sha256').update(text).digest('hex');
}
