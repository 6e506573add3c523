import { memoryAudit } from './memory-audit.ts';
import { memoryDocuments } from './memory-documents.ts';
import { memoryLessons } from './memory-lessons.ts';
import { memoryTickets } from './memory-tickets.ts';

/** What a conversation needs to keep, in memory: gone with the process. */
export function memoryStores() {
  return {
    tickets: memoryTickets(),
    documents: memoryDocuments(),
    lessons: memoryLessons(),
    audit: memoryAudit(),
  };
}
