import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { BotStorage } from './adapters/bot-framework/bot-storage.ts';
import { messagesEndpoint } from './adapters/bot-framework/messages-endpoint.ts';
import { PrivacyBot } from './adapters/bot-framework/privacy-bot.ts';
import { conversationsIn } from './adapters/bot-framework/stored-conversations.ts';
import { createService } from './adapters/http/service.ts';
import { ticketRoutes } from './adapters/http/ticket-page.ts';
import { openDatabase } from './adapters/sqlite/open-database.ts';
import { sqliteDocuments } from './adapters/sqlite/sqlite-documents.ts';
import { sqliteTickets } from './adapters/sqlite/sqlite-tickets.ts';
import { loadAssistant } from './assistant.ts';
import { ConfigError, readConfig } from './config.ts';
import { type Links, noPages } from './conversation/render.ts';
import { ticketSecret } from './ticket-secret.ts';

/** The running service. */
export interface Service {
  port: number;
  /** Takes no new requests, ends those under way (10 s at most), then closes the store. */
  stop(reason: string): Promise<void>;
}

const STOP_MS = 10_000;
const PURGE_MS = 15 * 60 * 1000;

/**
 * Starts the service on the embedded store.
 * @throws {ConfigError} {DatabaseError} {ContentError} with what to do, where it cannot.
 */
export async function start(environment: Record<string, string | undefined>, log?: Logger): Promise<Service> {
  const config = readConfig(environment);
  const logger = log ?? pino({ level: config.logLevel });
  const clock = () => new Date();
  const database = openDatabase(join(config.dataDir, 'assistant.db'));
  const documents = sqliteDocuments(database);
  const storage = new BotStorage(documents, clock, config.stateHours);
  const assistant = loadAssistant(ticketSecret(config));
  const host = { assistant, conversations: conversationsIn(storage), tickets: sqliteTickets(database) };
  let address = config.publicUrl;
  const links: Links = {
    ...noPages,
    ticket: (token) => (address ? new URL(`/request/${token}`, address).href : null),
  };
  const bot = new PrivacyBot(host, links, clock, (turn) => logger.info(turn, 'turn'));
  const sorry = (locale: string | undefined) =>
    assistant.content.replies[locale?.startsWith('en') ? 'en' : 'sv']['error.turn'] ?? '';

  let isStopping = false;
  const server = createService({
    messages: messagesEndpoint(bot, config.identity, sorry, (failure) =>
      logger.error(failure, 'turn failed'),
    ),
    routes: [
      ticketRoutes(async (token) => (await host.tickets.byToken(token))?.ticket ?? null, assistant.content),
    ],
    ready: async () => !isStopping && database.prepare('SELECT 1').get() !== undefined,
    rate: config.rate,
    log: logger.child({}, { level: 'error' }),
  });
  await new Promise<void>((resolve, reject) => {
    // restify hands the socket's errors on; both must be heard, or the process dies of them.
    server.once('error', reject);
    server.server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    database.close();
    throw new ConfigError([
      `PORT ${config.port} on HOST ${config.host} cannot be opened (${cause.code}); free it or choose another`,
    ]);
  });
  const purge = setInterval(() => void documents.purge(clock()), PURGE_MS);
  purge.unref();
  const { port } = server.server.address() as AddressInfo;
  // On this machine alone the address is known; in front of the network it must be told.
  if (!config.identity) address ??= `http://127.0.0.1:${port}`;
  logger.info({ port, host: config.host, identity: config.identity !== null }, 'ready');

  return {
    port,
    async stop(reason) {
      if (isStopping) return;
      isStopping = true;
      logger.info({ reason }, 'stopping');
      clearInterval(purge);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.server.closeIdleConnections();
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
      database.close();
    },
  };
}
