import { join } from 'node:path';
import { cosmosAudit } from './adapters/cosmos/cosmos-audit.ts';
import { cosmosDocuments } from './adapters/cosmos/cosmos-documents.ts';
import { cosmosLessons } from './adapters/cosmos/cosmos-lessons.ts';
import { cosmosTickets } from './adapters/cosmos/cosmos-tickets.ts';
import { cosmosTranscripts } from './adapters/cosmos/cosmos-transcripts.ts';
import { openCosmos } from './adapters/cosmos/open-cosmos.ts';
import { openDatabase } from './adapters/sqlite/open-database.ts';
import { sealingWith, unsealed } from './adapters/sqlite/sealing.ts';
import { sqliteAudit } from './adapters/sqlite/sqlite-audit.ts';
import { sqliteDocuments } from './adapters/sqlite/sqlite-documents.ts';
import { sqliteLessons } from './adapters/sqlite/sqlite-lessons.ts';
import { sqliteTickets } from './adapters/sqlite/sqlite-tickets.ts';
import { sqliteTranscripts } from './adapters/sqlite/sqlite-transcripts.ts';
import type { Config } from './config.ts';
import type { LessonStore } from './conversation/lesson.ts';
import type { TranscriptStore } from './conversation/transcript-store.ts';
import type { AuditLog } from './tickets/audit.ts';
import type { DocumentStore, TicketStore } from './tickets/ticket-store.ts';

/** Everything that is kept, in one place. */
export interface Stores {
  tickets: TicketStore;
  documents: DocumentStore;
  transcripts: TranscriptStore;
  lessons: LessonStore;
  audit: AuditLog;
  isReady(): Promise<boolean>;
  /** What the calls have cost since it was asked last, in Cosmos DB's request units by kind; empty elsewhere. */
  charges(): Readonly<Record<string, number>>;
  close(): void;
}

/**
 * Opens the stores that the settings name: Cosmos DB, or the embedded one.
 * @throws {DatabaseError} {CosmosFailure} where they cannot be used, with what to do.
 */
export async function openStores(config: Pick<Config, 'cosmos' | 'dataDir' | 'dataKeys'>): Promise<Stores> {
  if (config.cosmos) {
    const cosmos = await openCosmos(config.cosmos);
    return {
      tickets: cosmosTickets(cosmos),
      documents: cosmosDocuments(cosmos),
      transcripts: cosmosTranscripts(cosmos),
      lessons: cosmosLessons(cosmos),
      audit: cosmosAudit(cosmos),
      isReady: () => cosmos.isReady(),
      charges: () => cosmos.charges(),
      close: () => cosmos.close(),
    };
  }
  const database = openDatabase(join(config.dataDir, 'assistant.db'));
  const sealing = config.dataKeys.length > 0 ? sealingWith(config.dataKeys) : unsealed;
  return {
    tickets: sqliteTickets(database, sealing),
    documents: sqliteDocuments(database, sealing),
    transcripts: sqliteTranscripts(database, sealing),
    lessons: sqliteLessons(database),
    audit: sqliteAudit(database),
    isReady: async () => database.prepare('SELECT 1').get() !== undefined,
    charges: () => ({}),
    close: () => {
      database.close();
    },
  };
}
