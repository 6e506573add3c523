import type { Ticket } from './ticket.ts';

/** By the day due, those without a day last; or those that ended last first, where only ended ones are wanted. */
export type TicketOrder = 'due' | 'ended';

/** Where a page begins: behind a place in the order, or ending right before it. */
export interface Seek {
  way: 'after' | 'before';
  place: string;
}

/** Sorts what has no day behind what has one. */
export const NO_DAY = '9999-12-31';

/** Where a ticket stands in an order: by its day or the instant of its end, and then by its id. */
export function placeOf(ticket: Ticket, order: TicketOrder): string {
  return `${order === 'due' ? (ticket.due ?? NO_DAY) : endOf(ticket)} ${ticket.id}`;
}

/** When an ended ticket ended: its last step. */
export function endOf({ history, createdAt }: Ticket): string {
  return history.at(-1)?.at ?? createdAt;
}

/** Whether a store has to go through the places from the highest down to find the page. */
export function isDownwards(order: TicketOrder, seek: Seek | null): boolean {
  return (order === 'ended') !== (seek?.way === 'before');
}

/**
 * Reads a cursor of `pageOf`.
 * @throws {RangeError} where it is none.
 */
export function seekOf(cursor: string | null | undefined): Seek | null {
  if (!cursor) return null;
  const place = cursor.slice(1);
  if (!/^[<>]\d{4}-\d{2}-\d{2}\S* \S+$/.test(cursor)) throw new RangeError('that is no cursor');
  return { way: cursor[0] === '<' ? 'before' : 'after', place };
}

/**
 * The page of rows found from a place on, in the direction in which they were sought; one more than wanted shows that
 * there are others. Cursors are places with a sign.
 */
export function pageOf<Row>(
  found: readonly Row[],
  limit: number,
  seek: Seek | null,
  placeIn: (row: Row) => string,
): { rows: Row[]; cursor: string | null; back: string | null } {
  const rows = found.slice(0, limit);
  if (seek?.way === 'before') rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)].map((row) => (row === undefined ? seek?.place : placeIn(row)));
  const isMore = found.length > limit;
  const [isNext, isBack] = seek?.way === 'before' ? [rows.length > 0, isMore] : [isMore, seek !== null];
  return {
    rows,
    cursor: isNext && last !== undefined ? `>${last}` : null,
    back: isBack && first !== undefined ? `<${first}` : null,
  };
}
