import { memoryAudit } from '../../src/adapters/memory/memory-audit.ts';
import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { memoryLessons } from '../../src/adapters/memory/memory-lessons.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { memoryTranscripts } from '../../src/adapters/memory/memory-transcripts.ts';
import { auditContract } from './audit-contract.ts';
import { storeContract } from './contract.ts';
import { lessonContract } from './lesson-contract.ts';
import { transcriptContract } from './transcript-contract.ts';

storeContract('memory', {
  open: () => ({ tickets: memoryTickets(), documents: memoryDocuments(), close: () => {} }),
});

transcriptContract('memory', { open: () => ({ transcripts: memoryTranscripts(), close: () => {} }) });

lessonContract('memory', () => ({ lessons: memoryLessons(), close: () => {} }));

auditContract('memory', () => ({ audit: memoryAudit(), close: () => {} }));
