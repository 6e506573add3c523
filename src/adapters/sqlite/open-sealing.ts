import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { DatabaseError } from './open-database.ts';
import { sealedColumns } from './sealed-columns.ts';
import { isSealed, type Sealing, SealingError, type SealingKey, sealingWith, unsealed } from './sealing.ts';

// The proof is a few words, sealed with a key of its time: keys that open it are those of this database. It says whether
// everything is sealed, or only what came after the keys.
const PLACE = 'sealing';
const WHOLE = 'everything';
const SINCE = 'what came since';

/** So many of the newest rows show whether keys fit a database that has no proof yet. */
const NEWEST = 100;

const rowSchema = z.object({ place: z.string(), text: z.string() });

/**
 * The sealing of a database under the keys of its settings; none: nothing is sealed. With the first keys the proof of
 * them is left.
 * @throws {DatabaseError} where it is sealed and these are not its keys. What would be written could not be read beside
 * what is there.
 */
export function openSealing(database: Database, keys: readonly SealingKey[]): Sealing {
  const begin = database.transaction(() => {
    const proof = proofIn(database);
    const given = keys.length > 0 ? sealingWith(keys, proof !== null) : unsealed;
    if (proof === null) {
      openNewest(database, given);
      if (keys.length === 0) return unsealed;
      const isWhole = isEmpty(database);
      leaveProof(database, given, isWhole);
      return sealingWith(keys, isWhole);
    }
    return given.open(proof, PLACE) === WHOLE ? given : sealingWith(keys);
  });
  try {
    return begin.immediate();
  } catch (cause) {
    if (!(cause instanceof SealingError)) throw cause;
    throw new DatabaseError(
      database.name,
      `${cause.message}. Set DATA_KEYS to the keys of this database, or DATA_DIR to another folder`,
      { cause },
    );
  }
}

/** Whether the database has been opened with keys, so that it is opened no more without them. */
export function isSealingBegun(database: Database): boolean {
  return proofIn(database) !== null;
}

/** Leaves word, sealed with the current key, whether everything is sealed. */
export function leaveProof(database: Database, sealing: Sealing, isWhole: boolean): void {
  database
    .prepare('INSERT OR REPLACE INTO sealing (id, proof) VALUES (1, ?)')
    .run(sealing.seal(isWhole ? WHOLE : SINCE, PLACE));
}

function proofIn(database: Database): string | null {
  const proof = database.prepare('SELECT proof FROM sealing').pluck().get();
  return proof === undefined ? null : z.string().parse(proof);
}

function isEmpty(database: Database): boolean {
  return sealedColumns.every(
    ({ table }) => database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined,
  );
}

// One row may be damaged; where none of them opens, it is the keys.
function openNewest(database: Database, sealing: Sealing): void {
  for (const { table, column, place } of sealedColumns) {
    const select = `SELECT ${place} AS place, ${column} AS text FROM ${table} ORDER BY rowid DESC LIMIT ${NEWEST}`;
    const rows = database.prepare(select).all();
    const sealed = rows.map((row) => rowSchema.parse(row)).filter(({ text }) => isSealed(text));
    const faults = sealed.flatMap(({ place, text }) => {
      try {
        sealing.open(text, place);
        return [];
      } catch (error) {
        return [error];
      }
    });
    if (sealed.length > 0 && faults.length === sealed.length) throw faults[0];
  }
}
