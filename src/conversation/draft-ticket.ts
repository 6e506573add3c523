import type { RequestType } from '../content/dialogs-schema.ts';
import { passageHash } from '../content/passage-hash.ts';
import type { Locale } from '../text/words.ts';
import { type DeadlineStep, deadline } from '../tickets/deadline.ts';
import { recipientOf } from '../tickets/recipient.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { hashToken } from '../tickets/ticket-number.ts';
import type { Assistant } from './assistant.ts';
import type { Step } from './reply.ts';
import type { OpenRequest } from './state.ts';
import type { Turn } from './turn.ts';

/** A confirmed request as a ticket ready to be stored, its access token, and how its due date was counted. */
export interface DraftedTicket {
  ticket: Ticket;
  token: string;
  steps: readonly Step[];
}

/** Makes the ticket of a request that the person has said yes to. */
export function draftTicket(
  request: Pick<OpenRequest, 'key' | 'slots' | 'behalf'>,
  type: RequestType,
  turn: Pick<Turn, 'now' | 'channel' | 'filer'>,
  locale: Locale,
  { mint, content }: Pick<Assistant, 'mint' | 'content'>,
): DraftedTicket {
  const minted = mint(request.key);
  const now = turn.now.toISOString();
  const { country, relation } = request.slots;
  const counted = deadline(type.deadline, turn.now, country ?? null);
  return {
    ticket: {
      id: minted.id,
      number: minted.number,
      tokenHash: hashToken(minted.token),
      type: type.id,
      status: 'submitted',
      locale,
      slots: { ...request.slots },
      recipient: recipientOf(type.team, country ?? null, relation ?? null),
      channel: turn.channel,
      ...(request.behalf && turn.filer ? { filedBy: { role: 'recruiter', reference: turn.filer } } : {}),
      receivedAt: now,
      createdAt: now,
      due: counted.due,
      dueRule: counted.rule,
      idempotencyKey: request.key,
      history: [{ at: now, from: 'draft', to: 'submitted', by: 'person' }],
      identity: 'unconfirmed',
      assignee: null,
      notes: [],
      said: [],
      passages: [...type.passages],
      cited: type.passages.flatMap((passage) => {
        const hash = passageHash(passage, content);
        return hash ? [{ passage, hash }] : [];
      }),
      amendments: [],
      notice: content.notice.id,
    },
    token: minted.token,
    steps: counted.steps.map((step) => explain(step, locale)),
  };
}

/** A step of how a due date was counted as an id of a text and its values. */
export function explain(step: DeadlineStep, locale: Locale): Step {
  return {
    id: step.id,
    values: {
      ...('day' in step ? { day: { day: step.day } } : {}),
      ...('next' in step ? { next: { day: step.next } } : {}),
      ...('days' in step ? { days: String(step.days) } : {}),
      ...('holiday' in step ? { holiday: step.holiday[locale] } : {}),
    },
  };
}
