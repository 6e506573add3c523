import { z } from 'zod';

/** The states of a ticket's life; `life-cycle.ts` says which may follow which. */
export const statuses = [
  'draft',
  'submitted',
  'awaiting_verification',
  'in_progress',
  'extended',
  'completed',
  'refused',
  'withdrawn',
  'referred',
  'expired',
] as const;

const status = z.enum(statuses);
const instant = z.iso.datetime();

/** Who answers: the team, and the company of the group that the notice names for the person's country. */
export const recipientSchema = z.object({
  team: z.enum(['privacy_office', 'marketing', 'security', 'dpo', 'queue']),
  entity: z.enum(['limited', 'inc', 'marketsource_client']),
});

/** A data subject request on its way to being answered. */
export const ticketSchema = z.object({
  id: z.uuid(),
  /** Short and readable, such as SA-7K3M-9QXP; not a secret. */
  number: z.string().regex(/^SA(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/),
  /** SHA-256 (hex) of the token that opens this ticket and no other. */
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
  type: z.string(),
  status,
  locale: z.enum(['sv', 'en']),
  slots: z.record(z.string(), z.string()),
  recipient: recipientSchema,
  channel: z.string(),
  /** Who filed it for somebody else, such as a recruiter. */
  filedBy: z.object({ role: z.string(), reference: z.string() }).optional(),
  /** The true time of receipt: an oral request is received when it was made, not when it was filed. */
  receivedAt: instant,
  createdAt: instant,
  /** The day by which it is answered (YYYY-MM-DD); none for a wish to talk. */
  due: z.iso.date().nullable(),
  dueRule: z.string(),
  /** However often a request is confirmed, it makes one ticket. */
  idempotencyKey: z.string().min(1),
  /** A keyed fingerprint of what a program sent under that key, by which its repetition is known; not its words. */
  filedAs: z.string().optional(),
  history: z.array(
    z.object({ at: instant, from: status, to: status, by: z.string(), reason: z.string().optional() }),
  ),
  /** What has been shown of who the person is: nothing, that the address is theirs, or more where that was needed. */
  identity: z.enum(['unconfirmed', 'email_confirmed', 'verified']).default('unconfirmed'),
  /** The officer who has taken it on. */
  assignee: z.string().nullable().default(null),
  /** What officers have written for one another. */
  notes: z.array(z.object({ at: instant, by: z.string(), text: z.string() })).default([]),
  /** The part of the conversation that the person agreed to send along. */
  said: z.array(z.object({ by: z.enum(['person', 'assistant']), text: z.string() })).default([]),
  /** The passages of the notice that speak of such a request, and those quoted in the conversation. */
  passages: z.array(z.string()).default([]),
  /** Those of them that speak of such a request, with a fingerprint of how they read when it was made (`passageHash`). */
  cited: z.array(z.object({ passage: z.string(), hash: z.string() })).default([]),
  /** When what was filled in has been changed, and by whom. */
  amendments: z.array(z.object({ at: instant, by: z.string() })).default([]),
  /** The version of the notice (its id) that was in force here when the request was made; empty where it is not known. */
  notice: z.string().default(''),
});

export type Ticket = z.infer<typeof ticketSchema>;
export type Status = Ticket['status'];
export type Recipient = Ticket['recipient'];
