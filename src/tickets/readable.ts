import type { StoredTicket } from './ticket-store.ts';

/** Told of a ticket that is stored and cannot be read, by its id. */
export type TellUnreadable = (ticketId: string) => void;

/**
 * Reads a page's rows and leaves out those that cannot be read, because they are damaged: one of them must not hide all
 * others. Each is told of once.
 */
export function readableBy(tell: TellUnreadable) {
  const told = new Set<string>();
  return <Row extends { id: string }>(
    rows: readonly Row[],
    read: (row: Row) => StoredTicket,
  ): { tickets: StoredTicket[]; unreadable: number } => {
    const tickets = rows.flatMap((row) => {
      try {
        return [read(row)];
      } catch {
        if (!told.has(row.id)) tell(row.id);
        told.add(row.id);
        return [];
      }
    });
    return { tickets, unreadable: rows.length - tickets.length };
  };
}
