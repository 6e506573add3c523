import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { ticketSchema } from '../../tickets/ticket.ts';
import { DatabaseError } from './open-database.ts';
import { isSealingBegun, leaveProof, openSealing } from './open-sealing.ts';
import { sealedColumns } from './sealed-columns.ts';
import type { SealingKey } from './sealing.ts';
import { personKeys } from './sqlite-tickets.ts';

const BATCH = 200;
const rowSchema = z.object({ rowid: z.number().int(), place: z.string(), text: z.string() });

/**
 * Seals everything personal with the first key that is not yet, in small transactions, so that a service with the same
 * keys may go on beside it. Returns how many rows that were. Afterwards the other keys are not needed any more, and
 * what is not sealed is not taken for ours at the next start.
 * @throws {DatabaseError} where the service has not been started with keys yet, has not got these, or writes otherwise.
 */
export function rotateKeys(database: Database, keys: readonly SealingKey[]): number {
  if (!isSealingBegun(database))
    throw new DatabaseError(
      database.name,
      'start the service with DATA_KEYS first, so that it seals what comes',
    );
  const sealing = openSealing(database, keys);
  const setKeys = database.prepare('UPDATE tickets SET email_key = ?, phone_key = ? WHERE rowid = ?');
  let count = 0;
  for (const columns of sealedColumns) count += sealAll(columns);
  finish();
  database.pragma('wal_checkpoint(TRUNCATE)');
  return count;

  function sealAll({ table, column, place }: (typeof sealedColumns)[number]): number {
    const rowsAfter = database.prepare(
      `SELECT rowid, ${place} AS place, ${column} AS text FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${BATCH}`,
    );
    const write = database.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`);
    let sealed = 0;
    const batch = database.transaction((after: number) => {
      const rows = rowsAfter.all(after).map((row) => rowSchema.parse(row));
      for (const { rowid, place, text } of rows) {
        if (sealing.isCurrent(text)) continue;
        const opened = sealing.open(text, place);
        write.run(sealing.seal(opened, place), rowid);
        if (table === 'tickets') {
          const { emailKey, phoneKey } = personKeys(ticketSchema.parse(JSON.parse(opened)).slots, sealing);
          setKeys.run(emailKey, phoneKey, rowid);
        }
        sealed += 1;
      }
      return rows.length === BATCH ? rows.at(-1)?.rowid : undefined;
    });
    for (let after: number | undefined = 0; after !== undefined; ) after = batch.immediate(after);
    return sealed;
  }

  function finish(): void {
    const check = database.transaction(() => {
      // How it was sealed stands at its beginning.
      for (const { table, column } of sealedColumns)
        for (const start of database
          .prepare(`SELECT substr(${column}, 1, 60) FROM ${table}`)
          .pluck()
          .iterate())
          if (!sealing.isCurrent(String(start)))
            throw new DatabaseError(
              database.name,
              'something else writes to it with other keys: restart the service with these DATA_KEYS, and run it again',
            );
      leaveProof(database, sealing, true);
    });
    check.immediate();
  }
}
