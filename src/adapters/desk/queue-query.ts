import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { addDays, dayOf, HOME_ZONE } from '../../tickets/calendar.ts';
import { openStatuses } from '../../tickets/due-state.ts';
import { type Status, statuses, type Ticket } from '../../tickets/ticket.ts';
import type { TicketQuery } from '../../tickets/ticket-store.ts';
import type { Session } from './sessions.ts';

export const PAGE = 50;

const teams = ['privacy_office', 'marketing', 'security', 'dpo', 'queue'] as const;

// What a filter does not know is no reason to refuse the page: it filters nothing.
const filterSchema = z.object({
  status: z.enum(['open', 'ended', 'all', ...statuses]).catch('open'),
  type: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .nullable()
    .catch(null),
  team: z.enum(teams).nullable().catch(null),
  assignee: z.enum(['any', 'me', 'nobody']).catch('any'),
  overdue: z
    .literal('yes')
    .nullable()
    .catch(null)
    .transform((value) => value !== null),
});

/** What the queue is narrowed to. */
export type QueueFilter = z.infer<typeof filterSchema>;

/** Reads the filter out of the address of the queue. */
export function readFilter(query: URLSearchParams): QueueFilter {
  return filterSchema.parse(Object.fromEntries(query));
}

/** The filter as it stands in an address, without what filters nothing. */
export function filterText({ status, type, team, assignee, overdue }: QueueFilter): string {
  const fields = {
    ...(status === 'open' ? {} : { status }),
    ...(type ? { type } : {}),
    ...(team ? { team } : {}),
    ...(assignee === 'any' ? {} : { assignee }),
    ...(overdue ? { overdue: 'yes' } : {}),
  };
  return new URLSearchParams(fields).toString();
}

/** What is asked of the store for a page of the queue. */
export function queryOf(
  { status, type, team, assignee, overdue }: QueueFilter,
  officer: string,
  now: Date,
  cursor: string | null,
): TicketQuery {
  return {
    ...(status === 'all' ? {} : { statuses: statusesOf(status) }),
    ...(type ? { type } : {}),
    ...(team ? { team } : {}),
    ...(assignee === 'any' ? {} : { assignee: assignee === 'me' ? officer : null }),
    ...(overdue ? { dueBy: addDays(dayOf(now, HOME_ZONE), -1) } : {}),
    limit: PAGE,
    cursor,
  };
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

function statusesOf(status: 'open' | 'ended' | Ticket['status']): readonly Status[] {
  if (status === 'open') return openStatuses;
  if (status !== 'ended') return [status];
  return statuses.filter((each) => each !== 'draft' && !openStatuses.includes(each));
}
