import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { storeContract } from './contract.ts';

storeContract('memory', {
  open: () => ({ tickets: memoryTickets(), documents: memoryDocuments(), close: () => {} }),
});
