import { expect } from 'chai';
import { cosmosAudit } from '../../src/adapters/cosmos/cosmos-audit.ts';
import { cosmosDocuments } from '../../src/adapters/cosmos/cosmos-documents.ts';
import { cosmosLessons } from '../../src/adapters/cosmos/cosmos-lessons.ts';
import { cosmosTickets } from '../../src/adapters/cosmos/cosmos-tickets.ts';
import { cosmosTranscripts } from '../../src/adapters/cosmos/cosmos-transcripts.ts';
import { partitionOf, TICKET } from '../../src/adapters/cosmos/ticket-items.ts';
import { type Stage, stageFor } from '../cosmos/open-for-test.ts';
import { auditContract } from './audit-contract.ts';
import { storeContract } from './contract.ts';
import { lessonContract } from './lesson-contract.ts';
import { transcriptContract } from './transcript-contract.ts';

let stage: Stage;
before(async () => {
  stage = await stageFor(process.env);
});
after(() => stage.close());

storeContract('cosmos', {
  async open() {
    const cosmos = await stage.open();
    const told: string[] = [];
    return {
      tickets: cosmosTickets(cosmos, (id) => told.push(id)),
      documents: cosmosDocuments(cosmos),
      async damage(id) {
        const pk = partitionOf(cosmos.tenant, id);
        const before = await cosmos.tickets.read(pk, TICKET);
        if (!before) return expect.fail('not there');
        await cosmos.tickets.write(pk, [
          { put: { ...before, body: String(before.body).slice(0, -4) }, before },
        ]);
      },
      told,
      close: cosmos.close,
    };
  },
});

transcriptContract('cosmos', {
  async open() {
    const cosmos = await stage.open();
    return { transcripts: cosmosTranscripts(cosmos), close: cosmos.close };
  },
});

lessonContract('cosmos', async () => {
  const cosmos = await stage.open();
  return { lessons: cosmosLessons(cosmos), close: cosmos.close };
});

auditContract('cosmos', async () => {
  const cosmos = await stage.open();
  return {
    audit: cosmosAudit(cosmos),
    async tamper(seq, change) {
      const pk = `${cosmos.tenant}:audit`;
      const before = await cosmos.audit.read(pk, String(seq).padStart(12, '0'));
      if (!before) return expect.fail('not there');
      const { text, ...beside } = { text: before.body, ...change };
      await cosmos.audit.write(pk, [{ put: { ...before, ...beside, body: text }, before }]);
    },
    close: cosmos.close,
  };
});
