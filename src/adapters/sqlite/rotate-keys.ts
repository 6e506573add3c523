import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { ticketSchema } from '../../tickets/ticket.ts';
import type { Sealing } from './sealing.ts';

const BATCH = 200;
const rowSchema = z.object({ rowid: z.number().int(), place: z.string(), text: z.string() });

/**
 * Seals everything personal with the current key that is not yet, in small transactions, so that the service may go on
 * beside it. Returns how many rows that were. Afterwards the keys before it are not needed any more.
 */
export function rotateKeys(database: Database, sealing: Sealing): number {
  const setTicket = database.prepare('UPDATE tickets SET body = ?, email_key = ? WHERE rowid = ?');
  const setDocument = database.prepare('UPDATE documents SET value = ? WHERE rowid = ?');
  const setEntry = database.prepare('UPDATE transcript_entries SET body = ? WHERE rowid = ?');
  // The places are those that the stores seal for.
  const sealed =
    sealAll("SELECT rowid, 'tickets/' || id AS place, body AS text FROM tickets", (rowid, text, opened) => {
      const { email } = ticketSchema.parse(JSON.parse(opened)).slots;
      setTicket.run(text, email ? sealing.marks(email.toLowerCase())[0] : null, rowid);
    }) +
    sealAll("SELECT rowid, 'documents/' || key AS place, value AS text FROM documents", (rowid, text) =>
      setDocument.run(text, rowid),
    ) +
    sealAll(
      "SELECT rowid, 'transcripts/' || conversation || '/' || id AS place, body AS text FROM transcript_entries",
      (rowid, text) => setEntry.run(text, rowid),
    );
  database.pragma('wal_checkpoint(TRUNCATE)');
  return sealed;

  function sealAll(select: string, write: (rowid: number, text: string, opened: string) => void): number {
    const rowsAfter = database.prepare(`${select} WHERE rowid > ? ORDER BY rowid LIMIT ${BATCH}`);
    let count = 0;
    const batch = database.transaction((after: number) => {
      const rows = rowsAfter.all(after).map((row) => rowSchema.parse(row));
      for (const { rowid, place, text } of rows) {
        if (sealing.isCurrent(text)) continue;
        const opened = sealing.open(text, place);
        write(rowid, sealing.seal(opened, place), opened);
        count += 1;
      }
      return rows.length === BATCH ? rows.at(-1)?.rowid : undefined;
    });
    for (let after: number | undefined = 0; after !== undefined; ) after = batch.immediate(after);
    return count;
  }
}
