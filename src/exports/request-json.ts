import { z } from 'zod';
import { recipientSchema, statuses, type Ticket } from '../tickets/ticket.ts';

/** The version of the format: a member that goes or changes its meaning makes a new one, a member that comes does not. */
const VERSION = 1;

const status = z.enum(statuses);
const instant = z.iso.datetime();

/** A request in our own JSON, the only format that carries every type. Built in the image of the ticket's schema. */
export const requestJsonSchema = z.strictObject({
  version: z.literal(VERSION).describe('The version of this format'),
  id: z.uuid().describe('The id of the request; permanent'),
  number: z.string().describe('The number that the person has, such as SA-7K3M-9QXP; not a secret'),
  type: z.string().describe('What is asked for, such as access, erasure or objection'),
  status,
  locale: z.enum(['sv', 'en']).describe('The language that the person is written to in'),
  slots: z.record(z.string(), z.string()).describe('What the person has filled in, by field'),
  recipient: recipientSchema.describe('Who answers: the team, and the company of the group'),
  channel: z.string().describe('Where the request was made'),
  filedBy: z
    .strictObject({ role: z.string(), reference: z.string() })
    .optional()
    .describe('Who filed it for the person, where it was not the person'),
  receivedAt: instant.describe('When the request was made; the deadline counts from it'),
  createdAt: instant.describe('When the request was filed'),
  due: z.iso.date().nullable().describe('The day by which it is answered; null: there is none'),
  dueRule: z.string().describe('The rule that the day was counted by, such as gdpr_month'),
  identity: z
    .enum(['unconfirmed', 'email_confirmed', 'verified'])
    .describe('What has been shown of who the person is'),
  assignee: z.string().nullable().describe('The officer who has taken it on'),
  passages: z.array(z.string()).describe('The passages of the notice that speak of such a request'),
  said: z
    .array(z.strictObject({ by: z.enum(['person', 'assistant']), text: z.string() }))
    .describe('The part of the conversation that the person agreed to send along'),
  history: z
    .array(
      z.strictObject({
        at: instant,
        from: status,
        to: status,
        by: z.string(),
        reason: z.string().optional(),
      }),
    )
    .describe('Every step of its life, oldest first; it only ever grows'),
});

/** A request in our own JSON. */
export type RequestJson = z.infer<typeof requestJsonSchema>;

/**
 * A ticket in our own JSON: all of it but what is nobody else's, which is the hash of its token, the key it was made
 * under and what officers write for one another.
 */
export function requestJsonOf(ticket: Ticket): RequestJson {
  const { tokenHash: _hash, idempotencyKey: _key, notes: _notes, ...open } = ticket;
  return requestJsonSchema.strip().parse({ version: VERSION, ...open });
}

/** The JSON Schema (2020-12) of our own JSON, as it is published at `address`. */
export function requestJsonSchemaAt(address: string): object {
  const { $schema, ...schema } = z.toJSONSchema(requestJsonSchema, { target: 'draft-2020-12' });
  return { $schema, $id: address, title: 'A data subject request', ...schema };
}
