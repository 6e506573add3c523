import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { makePrivate } from './private-files.ts';

export type { Database } from 'better-sqlite3';

/** The database cannot be used. The message names the file and what to do. */
export class DatabaseError extends Error {
  readonly file: string;
  constructor(file: string, advice: string, options?: ErrorOptions) {
    super(`${file}: ${advice}`, options);
    this.name = 'DatabaseError';
    this.file = file;
  }
}

// Each migration takes the schema one version on; the file's user_version says how many have been applied.
const migrations = [
  `CREATE TABLE tickets (
     id TEXT PRIMARY KEY,
     number TEXT NOT NULL UNIQUE,
     token_hash TEXT NOT NULL UNIQUE,
     idempotency_key TEXT NOT NULL UNIQUE,
     status TEXT NOT NULL,
     due TEXT,
     version INTEGER NOT NULL,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX tickets_by_due ON tickets (due, id) WHERE due IS NOT NULL;
   CREATE TABLE outbox (
     id TEXT PRIMARY KEY,
     ticket_id TEXT NOT NULL REFERENCES tickets (id),
     kind TEXT NOT NULL,
     created_at TEXT NOT NULL,
     not_before TEXT NOT NULL,
     attempts INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX outbox_by_time ON outbox (not_before, id);
   CREATE TABLE documents (
     key TEXT PRIMARY KEY,
     value TEXT NOT NULL,
     etag TEXT NOT NULL,
     expires TEXT NOT NULL
   ) STRICT;
   CREATE INDEX documents_by_expiry ON documents (expires);`,
  `CREATE TABLE lessons (
     why TEXT NOT NULL,
     locale TEXT NOT NULL,
     text TEXT NOT NULL,
     near TEXT NOT NULL,
     count INTEGER NOT NULL,
     last TEXT NOT NULL,
     PRIMARY KEY (why, locale, text, near)
   ) STRICT;`,
  `CREATE TABLE transcripts (
     conversation TEXT PRIMARY KEY,
     entries INTEGER NOT NULL,
     last INTEGER NOT NULL,
     expires TEXT NOT NULL
   ) STRICT;
   CREATE INDEX transcripts_by_expiry ON transcripts (expires);
   CREATE TABLE transcript_entries (
     conversation TEXT NOT NULL REFERENCES transcripts (conversation) ON DELETE CASCADE,
     position INTEGER NOT NULL,
     id TEXT NOT NULL,
     shown INTEGER NOT NULL,
     awaits INTEGER NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (conversation, position),
     UNIQUE (conversation, id)
   ) STRICT;
   CREATE INDEX transcript_entries_awaiting ON transcript_entries (position) WHERE awaits = 1;`,
  `ALTER TABLE tickets ADD COLUMN type TEXT NOT NULL DEFAULT '';
   ALTER TABLE tickets ADD COLUMN team TEXT NOT NULL DEFAULT '';
   ALTER TABLE tickets ADD COLUMN assignee TEXT;
   ALTER TABLE tickets ADD COLUMN email_key TEXT;
   ALTER TABLE tickets ADD COLUMN counts_from TEXT;
   UPDATE tickets SET type = body ->> '$.type', team = body ->> '$.recipient.team';
   DROP INDEX tickets_by_due;
   CREATE INDEX tickets_by_due ON tickets (ifnull(due, '9999-12-31'), id);
   CREATE INDEX tickets_by_email ON tickets (email_key) WHERE email_key IS NOT NULL;
   CREATE INDEX tickets_by_age ON tickets (status, counts_from) WHERE counts_from IS NOT NULL;
   CREATE TABLE audit (
     seq INTEGER PRIMARY KEY,
     ticket_id TEXT,
     entry TEXT NOT NULL
   ) STRICT;
   CREATE INDEX audit_by_ticket ON audit (ticket_id, seq) WHERE ticket_id IS NOT NULL;`,
  `ALTER TABLE tickets ADD COLUMN phone_key TEXT;
   CREATE INDEX tickets_by_phone ON tickets (phone_key) WHERE phone_key IS NOT NULL;
   CREATE INDEX tickets_by_end ON tickets (counts_from, id) WHERE counts_from IS NOT NULL;
   CREATE INDEX tickets_by_kind ON tickets (status, type, team, assignee, due);`,
  `CREATE TABLE sealing (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     proof TEXT NOT NULL
   ) STRICT;`,
  // Tickets from before retention was counted.
  `UPDATE tickets SET counts_from = CASE WHEN status = 'draft' THEN body ->> '$.createdAt'
     ELSE ifnull(body ->> '$.history[#-1].at', body ->> '$.createdAt') END
   WHERE counts_from IS NULL AND body LIKE '{%'
     AND status IN ('draft', 'completed', 'refused', 'withdrawn', 'referred', 'expired');`,
  'CREATE INDEX outbox_by_ticket ON outbox (ticket_id)',
];

/**
 * Opens the database, making it and its folder where there is none, and brings its schema up to date. It is readable by
 * its owner alone.
 * `synchronous = FULL` is set on every open: a WAL database reopened without it runs at NORMAL, which loses
 * acknowledged writes in a power cut.
 * @throws {DatabaseError} where the file is no database, is damaged, or was written by a later version.
 */
export function openDatabase(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let database: Database.Database | undefined;
  try {
    makePrivate(file);
    database = new Database(file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('busy_timeout = 5000');
    database.pragma('foreign_keys = ON');
    database.pragma('secure_delete = ON');
    migrate(database, file);
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof DatabaseError) throw cause;
    throw new DatabaseError(
      file,
      "cannot be opened as the assistant's database; restore it from a backup, or set DATA_DIR to another folder",
      { cause },
    );
  }
}

function migrate(database: Database.Database, file: string): void {
  const apply = database.transaction(() => {
    const version = database.pragma('user_version', { simple: true }) as number;
    if (version > migrations.length) {
      throw new DatabaseError(
        file,
        'was written by a later version of the assistant; start that version, or set DATA_DIR to another folder',
      );
    }
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.pragma(`user_version = ${migrations.length}`);
  });
  apply.immediate();
}
