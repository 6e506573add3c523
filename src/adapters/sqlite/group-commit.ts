import type { Database } from 'better-sqlite3';

/** Does a piece of work in a transaction; resolves once it is on disk. */
export type Commit = <Result>(work: () => Result) => Promise<Result>;

interface Waiting {
  work: () => unknown;
  resolve(result: never): void;
  reject(error: unknown): void;
}

const queues = new WeakMap<Database, Commit>();

/**
 * The transactions of a database. Syncing to disk takes longer than writing, so what is asked for in the same moment is
 * written together and synced once. Each piece of work is all or nothing by itself: one that throws is undone and the
 * others stay. Nothing is acknowledged before it is on disk.
 */
export function groupCommit(database: Database): Commit {
  const known = queues.get(database);
  if (known) return known;
  const waiting: Waiting[] = [];
  const alone = database.transaction((work: () => unknown) => work());
  const together = database.transaction((pieces: readonly Waiting[]) =>
    pieces.map(({ work, resolve, reject }) => {
      try {
        const result = alone(work);
        return () => resolve(result as never);
      } catch (error) {
        // SQLite may give up the whole transaction, such as on a full disk: then the others are lost too.
        if (!database.inTransaction) throw error;
        return () => reject(error);
      }
    }),
  );
  const commit = () => {
    const pieces = waiting.splice(0);
    try {
      for (const tell of together.immediate(pieces)) tell();
    } catch (error) {
      // The whole transaction was lost, such as on a full disk.
      for (const { reject } of pieces) reject(error);
    }
  };
  const queue: Commit = (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve: resolve as Waiting['resolve'], reject });
      if (waiting.length === 1) setImmediate(commit);
    });
  queues.set(database, queue);
  return queue;
}
