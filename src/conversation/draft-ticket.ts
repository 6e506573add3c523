import type { RequestType } from '../content/dialogs-schema.ts';
import type { Locale } from '../text/words.ts';
import { type DeadlineStep, deadline } from '../tickets/deadline.ts';
import { recipientOf } from '../tickets/recipient.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { hashToken, type Minted } from '../tickets/ticket-number.ts';
import type { OpenRequest } from './state.ts';
import type { Turn } from './turn.ts';

/** A confirmed request as a ticket ready to be stored, its access token, and how its due date was counted. */
export interface DraftedTicket {
  ticket: Ticket;
  token: string;
  steps: readonly DeadlineStep[];
}

/** Makes the ticket of a request that the person has said yes to. */
export function draftTicket(
  request: OpenRequest,
  type: RequestType,
  turn: Turn,
  locale: Locale,
  mint: (key: string) => Minted,
): DraftedTicket {
  const minted = mint(request.key);
  const now = turn.now.toISOString();
  const { country, relation } = request.slots;
  const counted = deadline({ rule: type.deadline, receivedAt: turn.now, residence: country ? { country } : null });
  return {
    ticket: {
      id: minted.id,
      number: minted.number,
      tokenHash: hashToken(minted.token),
      type: type.id,
      status: 'submitted',
      locale,
      slots: { ...request.slots },
      recipient: recipientOf({ team: type.team, country: country ?? null, relation: relation ?? null }),
      channel: turn.channel,
      receivedAt: now,
      createdAt: now,
      due: counted.due,
      dueRule: counted.rule,
      idempotencyKey: request.key,
      history: [{ at: now, from: 'draft', to: 'submitted', by: 'person' }],
    },
    token: minted.token,
    steps: counted.steps,
  };
}
