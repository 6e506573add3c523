import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { cosmosAudit } from './adapters/cosmos/cosmos-audit.ts';
import { cosmosDocuments } from './adapters/cosmos/cosmos-documents.ts';
import { cosmosLessons } from './adapters/cosmos/cosmos-lessons.ts';
import { cosmosTickets } from './adapters/cosmos/cosmos-tickets.ts';
import { cosmosTranscripts } from './adapters/cosmos/cosmos-transcripts.ts';
import { openCosmos } from './adapters/cosmos/open-cosmos.ts';
import { holdFolder } from './adapters/sqlite/hold-folder.ts';
import { type Database, openDatabase } from './adapters/sqlite/open-database.ts';
import { openSealing } from './adapters/sqlite/open-sealing.ts';
import { openToOthers } from './adapters/sqlite/private-files.ts';
import type { Sealing } from './adapters/sqlite/sealing.ts';
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

/** With less room than this the service is not ready. */
const SPACE_BYTES = 16 * 1024 * 1024;

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
 * Opens the stores that the settings name: Cosmos DB, or the embedded one. `warn` is told what whoever runs it should
 * look into; ids and paths only.
 * @throws {DatabaseError} {CosmosFailure} where they cannot be used, with what to do.
 */
export async function openStores(
  config: Pick<Config, 'cosmos' | 'dataDir' | 'dataKeys'>,
  warn: (facts: object, what: string) => void = () => {},
): Promise<Stores> {
  const unreadable = (ticketId: string) => warn({ ticketId }, 'a ticket cannot be read: it is damaged');
  if (config.cosmos) {
    const cosmos = await openCosmos(config.cosmos);
    return {
      tickets: cosmosTickets(cosmos, unreadable),
      documents: cosmosDocuments(cosmos),
      transcripts: cosmosTranscripts(cosmos),
      lessons: cosmosLessons(cosmos),
      audit: cosmosAudit(cosmos),
      isReady: () => cosmos.isReady(),
      charges: () => cosmos.charges(),
      close: () => cosmos.close(),
    };
  }
  const file = join(config.dataDir, 'assistant.db');
  const database = openDatabase(file);
  const sealing = sealingOf(database, config.dataKeys);
  for (const path of openToOthers(file)) warn({ path }, 'others on this machine can open it: use chmod go=');
  return {
    tickets: sqliteTickets(database, sealing, unreadable),
    documents: sqliteDocuments(database, sealing),
    transcripts: sqliteTranscripts(database, sealing),
    lessons: sqliteLessons(database),
    audit: sqliteAudit(database),
    isReady: async () => hasSpace(config.dataDir) && database.prepare('SELECT 1').get() !== undefined,
    charges: () => ({}),
    close: () => {
      database.close();
    },
  };
}

/**
 * Opens the stores for a service: no second one may use the embedded store beside it.
 * @throws as `openStores`; {DatabaseError} where another service uses the folder.
 */
export async function openStoresAlone(...[config, warn]: Parameters<typeof openStores>): Promise<Stores> {
  if (config.cosmos) return openStores(config, warn);
  const release = holdFolder(config.dataDir);
  try {
    const stores = await openStores(config, warn);
    return {
      ...stores,
      close() {
        stores.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

// A full disk takes no request, so no more of them should come this way.
function hasSpace(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= SPACE_BYTES;
}

function sealingOf(database: Database, keys: Config['dataKeys']): Sealing {
  try {
    return openSealing(database, keys);
  } catch (error) {
    database.close();
    throw error;
  }
}
