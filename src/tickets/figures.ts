import { setImmediate } from 'node:timers/promises';
import { addDays, type Day, dayOf, HOME_ZONE } from './calendar.ts';
import { daysBetween, SOON_DAYS } from './due-state.ts';
import { openStatuses } from './life-cycle.ts';
import type { Status, Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

/** How it goes with all requests together. */
export interface Figures {
  open: number;
  overdue: number;
  /** Open and due from today to the seventh day after. */
  dueSoon: number;
  /** The median of the days from receipt to answer; null where nothing has been answered yet. */
  medianDays: number | null;
  /** Every type that there are tickets of, the most frequent first. */
  byType: { type: string; open: number; ended: number }[];
  /** The last twelve months (YYYY-MM), oldest first, months without a request too. */
  byMonth: { month: string; received: number; answered: number }[];
  /** How many tickets cannot be read, and are in none of these. */
  unreadable: number;
}

const PAGE = 250;
const MONTHS = 12;
const answers: readonly Status[] = ['completed', 'refused', 'referred'];

/** Counts over the whole store, page by page; others are served between the pages. Drafts are no requests yet. */
export async function figuresOf(tickets: Pick<TicketStore, 'find'>, now: Date): Promise<Figures> {
  const today = dayOf(now, HOME_ZONE);
  const soonEnd = addDays(today, SOON_DAYS);
  const byType = new Map<string, { type: string; open: number; ended: number }>();
  const byMonth = new Map(
    monthsTo(today.slice(0, 7)).map((month) => [month, { month, received: 0, answered: 0 }]),
  );
  const waits: number[] = [];
  let [open, overdue, dueSoon, unreadable] = [0, 0, 0, 0];
  const count = (ticket: Ticket) => {
    if (ticket.status === 'draft') return;
    const isOpen = openStatuses.includes(ticket.status);
    const kind = byType.get(ticket.type) ?? { type: ticket.type, open: 0, ended: 0 };
    kind[isOpen ? 'open' : 'ended'] += 1;
    byType.set(ticket.type, kind);
    if (isOpen) {
      open += 1;
      if (ticket.due && ticket.due < today) overdue += 1;
      else if (ticket.due && ticket.due <= soonEnd) dueSoon += 1;
    }
    const received = dayOf(new Date(ticket.receivedAt), HOME_ZONE);
    const inMonth = byMonth.get(received.slice(0, 7));
    if (inMonth) inMonth.received += 1;
    const answered = answeredOn(ticket);
    if (!answered) return;
    waits.push(daysBetween(received, answered));
    const outMonth = byMonth.get(answered.slice(0, 7));
    if (outMonth) outMonth.answered += 1;
  };
  let cursor: string | null = null;
  do {
    const page = await tickets.find({ limit: PAGE, cursor });
    for (const { ticket } of page.tickets) count(ticket);
    unreadable += page.unreadable;
    cursor = page.cursor;
    await setImmediate();
  } while (cursor);
  return {
    open,
    overdue,
    dueSoon,
    medianDays: medianOf(waits),
    byType: [...byType.values()].sort(
      (one, other) => other.open + other.ended - one.open - one.ended || (one.type < other.type ? -1 : 1),
    ),
    byMonth: [...byMonth.values()],
    unreadable,
  };
}

function answeredOn(ticket: Ticket): Day | null {
  if (!answers.includes(ticket.status)) return null;
  const last = ticket.history.at(-1);
  return last ? dayOf(new Date(last.at), HOME_ZONE) : null;
}

function monthsTo(last: string): string[] {
  const [year = 0, month = 0] = last.split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, index) =>
    new Date(Date.UTC(year, month - MONTHS + index, 1)).toISOString().slice(0, 7),
  );
}

function medianOf(values: number[]): number | null {
  const sorted = values.sort((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[half]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
