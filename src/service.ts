import type { AddressInfo } from 'node:net';
import { type Logger, pino } from 'pino';
import { BotStorage } from './adapters/bot-framework/bot-storage.ts';
import { hearInProcess } from './adapters/bot-framework/in-process.ts';
import { connect, messagesEndpoint } from './adapters/bot-framework/messages-endpoint.ts';
import { PrivacyBot } from './adapters/bot-framework/privacy-bot.ts';
import { writerTo } from './adapters/bot-framework/proactive.ts';
import { conversationsIn } from './adapters/bot-framework/stored-conversations.ts';
import { teamsPeopleIn } from './adapters/bot-framework/teams-people.ts';
import { linkSignIn } from './adapters/desk/link-sign-in.ts';
import { openIdSignIn } from './adapters/desk/openid-sign-in.ts';
import { directLine } from './adapters/direct-line/direct-line.ts';
import { createService } from './adapters/http/service.ts';
import { addressesOf } from './addresses.ts';
import { loadAssistant } from './assistant.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { couriersOf } from './couriers.ts';
import { hostOf } from './host.ts';
import { openStoresAlone } from './open-stores.ts';
import { routesOf } from './routes.ts';
import { ticketSecret } from './ticket-secret.ts';
import { beginUpkeep } from './upkeep.ts';

/** The running service. */
export interface Service {
  port: number;
  /** Takes no new requests, ends those under way (10 s at most), then closes the store. */
  stop(reason: string): Promise<void>;
}

const STOP_MS = 10_000;

/**
 * Starts the service on the stores of its settings. `print` shows the link by which the desk is opened on this machine.
 * @throws {ConfigError} {DatabaseError} {ContentError} with what to do, where it cannot.
 */
export async function start(
  environment: Record<string, string | undefined>,
  log?: Logger,
  print: (line: string) => void = console.log,
): Promise<Service> {
  const config = readConfig(environment);
  const logger = log ?? pino({ level: config.logLevel });
  const clock = () => new Date();
  const stores = await openStoresAlone(config, (facts, what) => logger.warn(facts, what));
  const { documents, transcripts } = stores;
  const secret = ticketSecret(config);
  const assistant = loadAssistant(secret);
  const addresses = addressesOf(config.publicUrl, config.identity === null);
  const kept = conversationsIn(new BotStorage(documents, clock, config.stateHours));
  const conversations = {
    ...kept,
    // What was said is kept in two places: as the state of the conversation, and as what its reader sees.
    async forget(conversation: string) {
      await kept.forget(conversation);
      await line.forget(conversation);
    },
  };
  const closedDays = config.closedPageDays;
  const host = hostOf({
    assistant,
    conversations,
    stores,
    secret,
    clock,
    closedDays,
    failed: (failure) => logger.error(failure, 'what was left for later failed'),
  });
  const sorry = (locale: string | undefined) =>
    assistant.content.replies[locale?.startsWith('en') ? 'en' : 'sv']['error.turn'] ?? '';
  const failed = (failure: object) => logger.error(failure, 'turn failed');
  const connection = connect(config.identity, sorry, failed);
  const bot = new PrivacyBot(host, {
    links: addresses.links,
    clock,
    report: (turn) => logger.info(turn, 'turn'),
    // The Direct Line that is built in leads to this bot and to nobody else.
    handOffTo: (channel) => (channel === 'directline' && !config.hostedDirectLine ? null : config.handOffTo),
    tenants: config.tenants,
    people: teamsPeopleIn(documents),
    office: host.office,
    writeTo: writerTo(connection.adapter, config.identity?.id ?? ''),
    appId: config.identity?.id ?? '',
  });
  const origins = () => [...addresses.origins(), ...config.origins];
  const line = directLine({
    transcripts,
    hear: hearInProcess(bot),
    secret,
    clock,
    origins,
    publicUrl: config.publicUrl,
    hours: config.stateHours,
    log: failed,
  });
  // Without a sign-in service the desk opens for whoever reads the console, and only on this machine.
  const signIn = config.signIn
    ? openIdSignIn(config.signIn, documents, () => addresses.own() ?? '', clock)
    : config.identity
      ? null
      : linkSignIn((path) => print(`The request desk: ${new URL(path, addresses.own() ?? '').href}`), clock);
  let isStopping = false;
  const server = createService({
    messages: messagesEndpoint(bot, connection, config.identity),
    routes: routesOf(config, {
      host,
      stores,
      addresses,
      line,
      signIn,
      secret,
      clock,
      origins,
      logger,
    }),
    ready: async () => !isStopping && (await stores.isReady()),
    rate: config.rate,
    log: logger.child({}, { level: 'error' }),
  });
  await listen(server, config).catch((error: unknown) => {
    stores.close();
    throw error;
  });
  line.attach(server.server);
  const { port } = server.server.address() as AddressInfo;
  addresses.opened(port);
  const { content } = assistant;
  const { confirmations, pace } = host;
  const { audit } = stores;
  const couriers = couriersOf(config, { bot, content, confirmations, pace, addresses, audit, clock, logger });
  const upkeep = beginUpkeep(stores, couriers, config, { clock, logger });
  const stop = async (reason: string) => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ reason }, 'stopping');
    // New requests are refused first; then everything under way has the same time to end.
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.server.closeIdleConnections();
    const ended = Promise.all([upkeep.stop(), line.close(), closed]).then(() => host.settled());
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
    stores.close();
  };
  try {
    // What two instances answer at the same time is answered once: by the ids of what was asked.
    await line.recover();
  } catch (error) {
    // What was not answered before cannot be read: better not to run than to run half.
    await stop('what was left unanswered cannot be read');
    throw error;
  }
  if (signIn?.kind === 'link' && logger.isLevelEnabled('info')) signIn.print();
  logger.info({ port, host: config.host, identity: config.identity !== null }, 'ready');
  return { port, stop };
}

async function listen(server: ReturnType<typeof createService>, { port, host }: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    // restify hands the socket's errors on; both must be heard, or the process dies of them.
    server.once('error', reject);
    server.server.once('error', reject);
    server.listen(port, host, resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigError([
      `PORT ${port} on HOST ${host} cannot be opened (${cause.code}); free it or choose another`,
    ]);
  });
}
