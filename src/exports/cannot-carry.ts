import type { Ticket } from '../tickets/ticket.ts';

/** The formats that a request can be handed over in. */
export const formats = ['json', 'fides', 'opendsr', 'drp'] as const;
export type Format = (typeof formats)[number];

/**
 * What stands in the way: the format is not set up here, or has no policy for the type; it does not know the type, the
 * law, or how to say how much is asked for; the person has no address or number; the request is not open.
 */
export type Obstacle = 'not_set_up' | 'no_policy' | 'type' | 'law' | 'scope' | 'no_contact' | 'not_open';

/**
 * A format cannot say what a request asks. It is refused rather than said in other words: an objection is no erasure,
 * and a part is not the whole.
 */
export class CannotCarry extends Error {
  readonly format: Format;
  readonly type: string;
  readonly obstacle: Obstacle;
  /** Why, in words for a developer; never a word of a person's. */
  readonly why: string;
  constructor(format: Format, type: string, obstacle: Obstacle, why: string) {
    super(`${format} cannot carry ${type}: ${why}`);
    this.name = 'CannotCarry';
    this.format = format;
    this.type = type;
    this.obstacle = obstacle;
    this.why = why;
  }
}

// Handing over starts the work elsewhere: not before the person has said yes, and not after the request has ended. One
// that was referred to its controller is on its way there.
const handedOver: readonly Ticket['status'][] = [
  'submitted',
  'awaiting_verification',
  'in_progress',
  'extended',
  'referred',
];

/** @throws {CannotCarry} where the state of a ticket is one in which nothing must be begun anywhere. */
export function needOpen(format: Format, ticket: Ticket): void {
  if (!handedOver.includes(ticket.status))
    throw new CannotCarry(
      format,
      ticket.type,
      'not_open',
      `a request that is ${ticket.status} is not begun elsewhere`,
    );
}
