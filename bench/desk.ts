import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { deskRoutes } from '../src/adapters/desk/desk.ts';
import { linkSignIn } from '../src/adapters/desk/link-sign-in.ts';
import { sessionsIn } from '../src/adapters/desk/sessions.ts';
import { createService } from '../src/adapters/http/service.ts';
import { openDatabase } from '../src/adapters/sqlite/open-database.ts';
import { sqliteAudit } from '../src/adapters/sqlite/sqlite-audit.ts';
import { sqliteDocuments } from '../src/adapters/sqlite/sqlite-documents.ts';
import { sqliteTickets } from '../src/adapters/sqlite/sqlite-tickets.ts';
import { readContent } from '../src/content/content.ts';
import { requestJsonOf } from '../src/exports/request-json.ts';
import { ROOT } from '../src/paths.ts';
import { addDays } from '../src/tickets/calendar.ts';
import { officeOf } from '../src/tickets/office.ts';
import { entriesFor } from '../src/tickets/outbox.ts';
import { statuses, type Ticket } from '../src/tickets/ticket.ts';
import { mintFrom } from '../src/tickets/ticket-number.ts';
import { publish, table } from './publish.ts';

// Prints how long the pages of the officer's desk take over HTTP with 10,000 tickets in SQLite, and how many tickets a
// second the store takes with their outbox, durable as in life: one after another, and ten at a time.
const TICKETS = 10_000;
const ROUNDS = 40;
const FILED = 1_000;

const folder = mkdtempSync(join(tmpdir(), 'desk-'));
const database = openDatabase(join(folder, 'assistant.db'));
const content = readContent(ROOT);
const mint = mintFrom(new Uint8Array(32));
const types = [...content.requests.values()];
const now = new Date();
const [tickets, documents, audit] = [
  sqliteTickets(database),
  sqliteDocuments(database),
  sqliteAudit(database),
];
const office = officeOf(tickets, audit, () => new Date());

const filing = {
  alone: await fileAll(FILED, 1, 'alone'),
  together: await fileAll(FILED, 10, 'together'),
};
await fileAll(TICKETS - 2 * FILED, 100, 'many');

const server = createService({
  messages: (_request, response, next) => {
    response.send(200);
    next();
  },
  routes: [
    deskRoutes({
      content,
      files: { url: (name) => `/assets/${name}` },
      office,
      tickets,
      mint,
      export: (ticket) => ({ contentType: 'application/json', body: JSON.stringify(requestJsonOf(ticket)) }),
      audit,
      documents,
      signIn: linkSignIn(
        () => undefined,
        () => new Date(),
      ),
      isSecure: false,
      clock: () => new Date(),
      failed: (failure) => console.error(failure),
    }),
  ],
  ready: async () => true,
  rate: { perSecond: 10_000, burst: 10_000 },
  log: pino({ level: 'silent' }),
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
const at = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
const sessions = sessionsIn(documents, () => new Date());
const { id } = await sessions.begin({ id: 'officer-3', name: 'Officer', role: 'administrator' });
const headers = { cookie: `desk=${id}` };
const token = await textOf('/desk').then((page) => /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '');

const pages: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['the queue’s first page', () => textOf('/desk')],
  ['by state', () => textOf('/desk?status=extended')],
  ['ended', () => textOf('/desk?status=ended')],
  ['by type', () => textOf('/desk?type=complaint')],
  ['by team', () => textOf('/desk?team=security')],
  ['mine', () => textOf('/desk?assignee=me')],
  [
    'mine, by type and team, a filter that fits nothing',
    () => textOf('/desk?assignee=me&type=access&team=dpo'),
  ],
  ['overdue', () => textOf('/desk?overdue=yes')],
  ['search by address', () => search('person5000@example.se')],
  ['a ticket’s page', () => textOf(`/desk/ticket/${mint('many 17').number}`)],
];
const rows: string[][] = [];
for (const [name, ask] of pages) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    await ask();
    times.push(performance.now() - from);
  }
  times.sort((one, other) => one - other);
  const share = (part: number) => `${(times[Math.floor(times.length * part)] ?? 0).toFixed(1)} ms`;
  rows.push([name, share(0.5), share(0.95)]);
}
const from = performance.now();
await textOf('/desk/figures');
const figuresMs = performance.now() - from;
await new Promise<void>((resolve) => {
  server.close(() => resolve());
  server.server.closeAllConnections();
});
database.close();
rmSync(folder, { recursive: true });

publish(
  'desk',
  `${table([['', 'median', '95 %'], ...rows])}\n\n${TICKETS} tickets in SQLite, over HTTP, ${ROUNDS} times each. The figures, counted over all of them, take ${figuresMs.toFixed(0)} ms once a minute.\n\nFiling through the store, each ticket with its outbox on disk before it is acknowledged: ${filing.alone.toFixed(0)} tickets a second one after another, ${filing.together.toFixed(0)} with ten at a time (${FILED} each).`,
);

/** Files tickets, so many at a time; how many a second. */
async function fileAll(count: number, atOnce: number, name: string): Promise<number> {
  const began = performance.now();
  let next = 0;
  const work = async () => {
    while (next < count) {
      next += 1;
      const ticket = invented(`${name} ${next}`, next);
      await tickets.create(ticket, entriesFor(ticket));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return count / ((performance.now() - began) / 1000);
}

/** A ticket of an invented person: of all types and states, most of them open, received over half a year. */
function invented(key: string, index: number): Ticket {
  const type = types[index % types.length];
  if (!type) throw new RangeError('there are no request types');
  const status = index % 3 === 0 ? (statuses[index % statuses.length] ?? 'submitted') : 'submitted';
  const received = new Date(now.getTime() - (index % 180) * 86_400_000);
  const instant = received.toISOString();
  const minted = mint(key);
  return {
    id: minted.id,
    number: minted.number,
    tokenHash: createHash('sha256').update(minted.token).digest('hex'),
    type: type.id,
    status,
    locale: index % 4 === 0 ? 'en' : 'sv',
    slots: {
      name: `Person ${index}`,
      email: `person${index}@example.se`,
      country: 'SE',
      data: 'cv '.repeat(40),
    },
    recipient: { team: type.team, entity: 'limited' },
    channel: 'web',
    receivedAt: instant,
    createdAt: instant,
    due: type.deadline === 'none' ? null : addDays(instant.slice(0, 10), 30),
    dueRule: 'gdpr_month',
    idempotencyKey: key,
    history: [{ at: instant, from: 'draft', to: 'submitted', by: 'person' }],
    identity: 'unconfirmed',
    assignee: index % 2 === 0 ? `officer-${index % 7}` : null,
    notes: [],
    said: [],
    passages: [...type.passages],
    cited: [],
    amendments: [],
    notice: '',
  };
}

async function textOf(path: string): Promise<string> {
  const response = await fetch(`${at}${path}`, { headers });
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return response.text();
}

async function search(find: string): Promise<string> {
  const body = new URLSearchParams({ token, find });
  const response = await fetch(`${at}/desk/search`, { method: 'POST', headers, body });
  if (response.status !== 200) throw new Error(`the search answered ${response.status}`);
  return response.text();
}
