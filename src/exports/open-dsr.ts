import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ticket } from '../tickets/ticket.ts';
import { CannotCarry, needOpen, type Obstacle } from './cannot-carry.ts';

/** What OpenDSR needs to know. */
export const openDsrOptionsSchema = z.strictObject({
  /** Where the processor tells of a change of state. */
  callbacks: z.array(z.url({ protocol: /^https$/ })).default([]),
  /**
   * The processor's domain, where it takes the extension of ours that says how much is asked for. Without one, a request
   * for a part of the data is refused.
   */
  extension: z.string().min(1).nullable().default(null),
});

export type OpenDsrOptions = z.infer<typeof openDsrOptionsSchema>;

const types = ['access', 'portability', 'erasure'] as const;

/** A request of OpenDSR 2.0 (opengdpr/OpenDSR). */
export interface OpenDsrRequest {
  regulation: 'gdpr' | 'ccpa';
  subject_request_id: string;
  subject_request_type: (typeof types)[number];
  submitted_time: string;
  subject_identities: { identity_type: 'email'; identity_value: string; identity_format: 'raw' }[];
  api_version: '2.0';
  status_callback_urls?: string[];
  extensions?: Record<string, Readonly<Record<string, string>>>;
}

/**
 * A ticket as a request of OpenDSR, which knows access, portability and erasure.
 * @param scope How much is asked for; empty: everything.
 * @throws {CannotCarry} for other types, other laws than the GDPR and California's, a person without an address, a scope
 * without an extension to say it in, or a request not to be begun.
 */
export function openDsrRequest(
  ticket: Ticket,
  options: OpenDsrOptions,
  scope: Readonly<Record<string, string>>,
): OpenDsrRequest {
  needOpen('opendsr', ticket);
  const refuse = (obstacle: Obstacle, why: string) => new CannotCarry('opendsr', ticket.type, obstacle, why);
  const type = types.find((each) => each === ticket.type);
  if (!type) throw refuse('type', 'it knows access, portability and erasure alone');
  const regulation = regulationOf(ticket);
  if (!regulation) throw refuse('law', 'it knows the GDPR and California’s law alone');
  const { email } = ticket.slots;
  if (!email) throw refuse('no_contact', 'the person has no address');
  const hasScope = Object.keys(scope).length > 0;
  if (hasScope && !options.extension) throw refuse('scope', 'it has no place for how much is asked for');
  return {
    regulation,
    subject_request_id: fourthUuid(ticket.id),
    subject_request_type: type,
    submitted_time: ticket.receivedAt,
    subject_identities: [{ identity_type: 'email', identity_value: email, identity_format: 'raw' }],
    api_version: '2.0',
    ...(options.callbacks.length > 0 ? { status_callback_urls: [...options.callbacks] } : {}),
    ...(hasScope && options.extension ? { extensions: { [options.extension]: scope } } : {}),
  };
}

function regulationOf({ dueRule }: Ticket): 'gdpr' | 'ccpa' | null {
  if (dueRule === 'gdpr_month') return 'gdpr';
  return dueRule.startsWith('california_') ? 'ccpa' : null;
}

// The format wants a UUID of version 4; ours are of version 8. The same ticket has the same one each time.
function fourthUuid(id: string): string {
  const bytes = createHash('sha256').update(`opendsr\0${id}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
