import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { apiRoutes } from '../src/adapters/api/api.ts';
import { apiKeySchema } from '../src/adapters/api/api-key.ts';
import { createService } from '../src/adapters/http/service.ts';
import { openDatabase } from '../src/adapters/sqlite/open-database.ts';
import { sqliteAudit } from '../src/adapters/sqlite/sqlite-audit.ts';
import { sqliteTickets } from '../src/adapters/sqlite/sqlite-tickets.ts';
import { readContent } from '../src/content/content.ts';
import { ROOT } from '../src/paths.ts';
import { mintFrom } from '../src/tickets/ticket-number.ts';

// The API in a process of its own, on an empty store that is durable as in life, without a limit of pace.
const folder = mkdtempSync(join(tmpdir(), 'api-'));
const database = openDatabase(join(folder, 'assistant.db'));
const secret = randomBytes(24).toString('base64url');
const hash = createHash('sha256').update(secret).digest('hex');
const server = createService({
  messages: (_request, response, next) => {
    response.send(404);
    next();
  },
  routes: [
    apiRoutes({
      tickets: sqliteTickets(database),
      audit: sqliteAudit(database),
      assistant: { content: readContent(ROOT), mint: mintFrom(randomBytes(32)) },
      exports: { fides: null, opendsr: null, drp: null },
      clock: () => new Date(),
      keys: [apiKeySchema.parse(`bench:officer:${hash}`)],
      address: () => null,
      failed: (failure) => console.error(failure),
    }),
  ],
  ready: async () => true,
  rate: { perSecond: 10_000, burst: 10_000 },
  log: pino({ level: 'silent' }),
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.server.address() as AddressInfo;
  process.send?.({ port, secret });
});
process.on('message', () => {
  server.server.closeAllConnections();
  database.close();
  rmSync(folder, { recursive: true });
  process.exit(0);
});
