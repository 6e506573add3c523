import { z } from 'zod';
import type { Content } from '../content/content.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { CannotCarry, needOpen } from './cannot-carry.ts';

/** What Fides needs to know. */
export const fidesOptionsSchema = z.strictObject({
  /** The key of the policy in Fides that handles a request type, by type. A type without one is refused. */
  policies: z.record(z.string(), z.string().min(1)).refine(
    // An objection that is handled like an erasure would be one.
    ({ erasure, ...others }) => erasure === undefined || !Object.values(others).includes(erasure),
    'the policy of erasure is for erasure alone',
  ),
});

export type FidesOptions = z.infer<typeof fidesOptionsSchema>;

/** A field with the name that Fides shows it under. */
interface Labelled {
  label: string;
  value: string;
}

/** One request of `POST /api/v1/privacy-request`, which takes a list of them (ethyca/fides). */
export interface FidesRequest {
  external_id: string;
  requested_at: string;
  policy_key: string;
  identity: Record<string, string | Labelled>;
  custom_privacy_request_fields: Record<string, Labelled>;
  property_id: null;
  location?: string;
}

// What says who somebody is, and what has a place of its own.
const identities: readonly string[] = ['email', 'phone', 'name'];
const placed: readonly string[] = [...identities, 'country'];

/**
 * A ticket as a privacy request of Fides. Every type goes by its policy; what the person has filled in goes along under
 * its English name. `source` is left out: it is for Fides' own forms.
 * @throws {CannotCarry} for a type without a policy, a person without address or number, or a request not to be begun.
 */
export function fidesRequest(ticket: Ticket, options: FidesOptions, content: Content): FidesRequest {
  needOpen('fides', ticket);
  const policy = Object.hasOwn(options.policies, ticket.type) ? options.policies[ticket.type] : undefined;
  if (!policy) throw new CannotCarry('fides', ticket.type, 'no_policy', 'no policy is set up for the type');
  const { email, phone, name, country } = ticket.slots;
  if (!email && !phone)
    throw new CannotCarry(
      'fides',
      ticket.type,
      'no_contact',
      'the person has neither an address nor a number',
    );
  const label = (slot: string) => content.replies.en[`slot.${slot}`] ?? slot;
  const fields = Object.entries(ticket.slots)
    .filter(([slot]) => !placed.includes(slot))
    .map(([slot, value]) => [slot, { label: label(slot), value }] as const);
  return {
    external_id: ticket.id,
    requested_at: ticket.receivedAt,
    policy_key: policy,
    identity: {
      ...(email ? { email } : {}),
      ...(phone ? { phone_number: phone } : {}),
      ...(name ? { name: { label: label('name'), value: name } } : {}),
    },
    custom_privacy_request_fields: {
      ...Object.fromEntries(fields),
      request_number: { label: 'request number', value: ticket.number },
      request_type: { label: 'request type', value: ticket.type },
      ...(ticket.due ? { due: { label: 'answer due', value: ticket.due } } : {}),
    },
    property_id: null,
    ...(country ? { location: country } : {}),
  };
}

/** What Fides answers: with 200 even where it has taken nothing. */
export const fidesAnswerSchema = z.object({
  succeeded: z.array(z.unknown()),
  failed: z.array(z.unknown()),
});
