import { extendedDue } from './deadline.ts';
import { type Status, statuses, type Ticket } from './ticket.ts';

/** What may follow what. A ticket that has ended stays ended: a new wish is a new ticket. */
const next: Record<Status, readonly Status[]> = {
  draft: ['submitted', 'withdrawn', 'expired'],
  submitted: [
    'awaiting_verification',
    'in_progress',
    'extended',
    'completed',
    'refused',
    'withdrawn',
    'referred',
  ],
  awaiting_verification: [
    'submitted',
    'in_progress',
    'completed',
    'refused',
    'withdrawn',
    'referred',
    'expired',
  ],
  in_progress: ['awaiting_verification', 'extended', 'completed', 'refused', 'withdrawn', 'referred'],
  extended: ['awaiting_verification', 'completed', 'refused', 'withdrawn', 'referred'],
  completed: [],
  refused: [],
  withdrawn: [],
  referred: [],
  expired: [],
};

// GDPR art. 12(3) and 12(4): more time and a no are told with their reasons; so is being sent on to somebody else.
const needReason: readonly Status[] = ['extended', 'refused', 'referred'];

/** A ticket was asked to go where it may not. */
export class TransitionError extends Error {
  readonly number: string;
  readonly from: Status;
  readonly to: Status;
  constructor(ticket: Ticket, to: Status, why: string) {
    super(`ticket ${ticket.number} cannot go from ${ticket.status} to ${to}: ${why}`);
    this.name = 'TransitionError';
    this.number = ticket.number;
    this.from = ticket.status;
    this.to = to;
  }
}

/** The states in which a ticket waits for something to be done. */
export const openStatuses: readonly Status[] = statuses.filter(
  (status) => status !== 'draft' && next[status].length > 0,
);

/** Whether a step to a state must say why: more time, a no, and being sent on to somebody else. */
export function needsReason(to: Status): boolean {
  return needReason.includes(to);
}

/** The states a ticket may go to from here. */
export function allowedNext(status: Status): readonly Status[] {
  return next[status];
}

/** The states that this ticket may go to at `now`: those that the law has no room for are left out. */
export function stepsFrom(ticket: Ticket, now: Date): Status[] {
  return next[ticket.status].filter((to) => obstacle(ticket, to, now) === null);
}

// Why a ticket may not go on, or null.
function obstacle(ticket: Ticket, to: Status, now: Date): string | null {
  if (!next[ticket.status].includes(to)) return 'that is no step of its life';
  if (to === 'extended') {
    // GDPR art. 12(3): once, and within the first month.
    if (ticket.history.some((step) => step.to === 'extended')) return 'more time has been taken already';
    if (!extendedDue(ticket, now)) return 'more time must be taken before the first date has passed';
  }
  // An objection to marketing needs no proof of who objects (GDPR art. 21(2)-(3)).
  if (to === 'awaiting_verification' && ticket.type === 'marketing_opt_out')
    return 'an opt-out needs no proof of who asks';
  return null;
}

/**
 * The ticket in its next state, with the step in its history; the ticket given is not changed.
 * @throws {TransitionError} where the step is not allowed, lacks its reason, or extends a deadline already past.
 */
export function move(ticket: Ticket, to: Status, step: { at: Date; by: string; reason?: string }): Ticket {
  const why = obstacle(ticket, to, step.at);
  if (why) throw new TransitionError(ticket, to, why);
  const reason = step.reason?.trim();
  if (needsReason(to) && !reason) throw new TransitionError(ticket, to, 'it needs a reason');
  const entry = {
    at: step.at.toISOString(),
    from: ticket.status,
    to,
    by: step.by,
    ...(reason ? { reason } : {}),
  };
  const moved: Ticket = { ...ticket, status: to, history: [...ticket.history, entry] };
  return to === 'extended' ? { ...moved, due: extendedDue(ticket, step.at) } : moved;
}
