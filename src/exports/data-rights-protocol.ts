import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { z } from 'zod';
import type { Ticket } from '../tickets/ticket.ts';
import { CannotCarry, needOpen, type Obstacle } from './cannot-carry.ts';

/** A private key for Ed25519: PKCS #8 as PEM, or the same without its first and last line. */
const ed25519Key = z.string().transform((text, context): KeyObject => {
  const key = readKey(text);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  context.addIssue({ code: 'custom', message: 'must be a private key for Ed25519 (PKCS #8)' });
  return z.NEVER;
});

/** What the Data Rights Protocol needs to know. */
export const drpOptionsSchema = z.strictObject({
  /** Our name and the business's in the protocol's directory. */
  agentId: z.string().min(1),
  businessId: z.string().min(1),
  key: ed25519Key,
  /** What else the person may be to the business besides a customer. */
  relationships: z.array(z.string().min(1)).default([]),
  callback: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null),
  /** For how long a message holds: the protocol advises ten minutes at most. */
  minutes: z.number().int().min(1).max(10).default(10),
});

export type DrpOptions = z.output<typeof drpOptionsSchema>;

const exercises: Readonly<Record<string, 'access' | 'deletion'>> = { access: 'access', erasure: 'deletion' };

/** What a message says (Data Rights Protocol 1.0, section 2.01 and the person's attributes of 3.04). */
export interface DrpRequest {
  'agent-id': string;
  'business-id': string;
  'issued-at': string;
  'expires-at': string;
  'agent-request-id': string;
  'drp.version': '1.0';
  exercise: 'access' | 'deletion';
  regime: 'ccpa';
  relationships: string[];
  status_callback?: string;
  name?: string;
  email?: string;
  email_verified?: true;
  phone_number?: string;
}

/**
 * What a ticket says in the Data Rights Protocol, which knows California's rights alone. Taking data along is more than
 * seeing it, and being left alone by marketing is not being kept from sale: only access and erasure have a right there
 * that is theirs.
 * @param scope How much is asked for; empty: everything.
 * @throws {CannotCarry} for other types and other laws, a scope, a person without address or number, or a request not to
 * be begun.
 */
export function drpRequest(
  ticket: Ticket,
  options: DrpOptions,
  scope: Readonly<Record<string, string>>,
  now: Date,
): DrpRequest {
  needOpen('drp', ticket);
  const refuse = (obstacle: Obstacle, why: string) => new CannotCarry('drp', ticket.type, obstacle, why);
  const exercise = Object.hasOwn(exercises, ticket.type) ? exercises[ticket.type] : undefined;
  if (!exercise) throw refuse('type', 'no right of California’s is the same');
  if (!ticket.dueRule.startsWith('california_')) throw refuse('law', 'it is for California’s law alone');
  if (Object.keys(scope).length > 0) throw refuse('scope', 'it has no place for how much is asked for');
  const { name, email, phone } = ticket.slots;
  if (!email && !phone) throw refuse('no_contact', 'the person has neither an address nor a number');
  return {
    'agent-id': options.agentId,
    'business-id': options.businessId,
    'issued-at': now.toISOString(),
    'expires-at': new Date(now.getTime() + options.minutes * 60_000).toISOString(),
    'agent-request-id': ticket.id,
    'drp.version': '1.0',
    exercise,
    regime: 'ccpa',
    relationships: [...options.relationships],
    ...(options.callback ? { status_callback: options.callback } : {}),
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(email && ticket.identity !== 'unconfirmed' ? { email_verified: true as const } : {}),
    ...(phone ? { phone_number: phone } : {}),
  };
}

/**
 * The signed message of a ticket, as section 3.07.1 has it sent (text/plain): base64 of the Ed25519 signature (64 bytes)
 * and the JSON that it signs.
 * @throws {CannotCarry} as `drpRequest`.
 */
export function drpMessage(
  ticket: Ticket,
  options: DrpOptions,
  scope: Readonly<Record<string, string>>,
  now: Date,
): string {
  const json = Buffer.from(JSON.stringify(drpRequest(ticket, options, scope, now)));
  return Buffer.concat([sign(null, json, options.key), json]).toString('base64');
}

function readKey(text: string): KeyObject | null {
  try {
    return text.includes('-----')
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  }
}
