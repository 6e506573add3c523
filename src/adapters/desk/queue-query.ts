import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { RequestType } from '../../content/dialogs-schema.ts';
import { addDays, dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import { isAtOnce } from '../../tickets/due-state.ts';
import { openStatuses } from '../../tickets/life-cycle.ts';
import { type Status, statuses, type Ticket } from '../../tickets/ticket.ts';
import type { TicketOrder } from '../../tickets/ticket-order.ts';
import type { TicketFilter } from '../../tickets/ticket-store.ts';
import type { Session } from './sessions.ts';

export const PAGE = 50;

const teams = ['privacy_office', 'marketing', 'security', 'dpo', 'queue'] as const;
const flag = z
  .literal('yes')
  .nullable()
  .catch(null)
  .transform((value) => value !== null);

// What a filter does not know is no reason to refuse the page: it filters nothing.
const filterSchema = z.object({
  status: z.enum(['open', 'ended', 'all', ...statuses]).catch('open'),
  type: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .nullable()
    .catch(null),
  team: z.enum(teams).nullable().catch(null),
  /** `is:` stands before an officer's id. */
  assignee: z.union([z.enum(['any', 'me', 'nobody']), z.templateLiteral(['is:', z.string()])]).catch('any'),
  urgent: flag,
  overdue: flag,
});

/** What the queue is narrowed to. */
export type QueueFilter = z.infer<typeof filterSchema>;

/** Reads the filter out of the address of the queue. `names`: of the officers whom it may name. */
export function readFilter(query: URLSearchParams, names: Readonly<Record<string, string>>): QueueFilter {
  const filter = filterSchema.parse(Object.fromEntries(query));
  const officer = officerIn(filter);
  return officer === null || Object.hasOwn(names, officer) ? filter : { ...filter, assignee: 'any' };
}

/** The address of the queue with a filter, without what filters nothing, and with the sealed cursor of a page. */
export function queueAddress(filter: Partial<QueueFilter>, cursor: string | null = null): string {
  const { status, type, team, assignee, urgent, overdue } = { ...filterSchema.parse({}), ...filter };
  const fields = {
    ...(status === 'open' ? {} : { status }),
    ...(type ? { type } : {}),
    ...(team ? { team } : {}),
    ...(assignee === 'any' ? {} : { assignee }),
    ...(urgent ? { urgent: 'yes' } : {}),
    ...(overdue ? { overdue: 'yes' } : {}),
    ...(cursor ? { cursor } : {}),
  };
  const text = new URLSearchParams(fields).toString();
  return text ? `/desk?${text}` : '/desk';
}

/** What is asked of the store for a filter. */
export function wantedBy(
  filter: QueueFilter,
  me: string,
  requests: ReadonlyMap<string, RequestType>,
  now: Date,
): TicketFilter {
  const { status, type, team, assignee, urgent, overdue } = filter;
  const types = [...requests.values()].filter(isAtOnce).map(({ id }) => id);
  return {
    ...(status === 'all' ? {} : { statuses: statusesOf(status) }),
    ...(urgent ? { type: types.filter((each) => type === null || each === type) } : type ? { type } : {}),
    ...(team ? { team } : {}),
    ...(assignee === 'any' ? {} : { assignee: assignee === 'me' ? me : officerIn(filter) }),
    ...(overdue ? { dueBy: addDays(dayOf(now, HOME_ZONE), -1) } : {}),
  };
}

/** In which order a filter's tickets come: those that still wait by their day, ended ones by their end. */
export function orderOf({ status }: QueueFilter): TicketOrder {
  const isEnded =
    status === 'ended' || (status !== 'all' && status !== 'open' && endedStatuses.includes(status));
  return isEnded ? 'ended' : 'due';
}

/** A store's cursor as it may stand in an address: with a seal, because a store believes what its cursors say. */
export function sealCursor(cursor: string, session: Session): string {
  return `${Buffer.from(cursor).toString('base64url')}.${sealOf(cursor, session)}`;
}

/** The cursor of a sealed one; null, which is the first page, where it was made elsewhere. */
export function openCursor(sealed: string | null, session: Session): string | null {
  const [text = '', seal = ''] = (sealed ?? '').split('.');
  const cursor = Buffer.from(text, 'base64url').toString();
  const [given, right] = [Buffer.from(seal), Buffer.from(sealOf(cursor, session))];
  return cursor && given.length === right.length && timingSafeEqual(given, right) ? cursor : null;
}

function sealOf(cursor: string, session: Session): string {
  return createHmac('sha256', session.id).update(`cursor\0${cursor}`).digest('base64url');
}

function officerIn({ assignee }: QueueFilter): string | null {
  return assignee.startsWith('is:') ? assignee.slice(3) : null;
}

const endedStatuses: readonly Status[] = statuses.filter(
  (each) => each !== 'draft' && !openStatuses.includes(each),
);

function statusesOf(status: 'open' | 'ended' | Ticket['status']): readonly Status[] {
  if (status === 'open') return openStatuses;
  return status === 'ended' ? endedStatuses : [status];
}
