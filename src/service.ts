import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { apiRoutes } from './adapters/api/api.ts';
import { BotStorage } from './adapters/bot-framework/bot-storage.ts';
import { filerCourier } from './adapters/bot-framework/filer-courier.ts';
import { hearInProcess } from './adapters/bot-framework/in-process.ts';
import { connect, messagesEndpoint } from './adapters/bot-framework/messages-endpoint.ts';
import { PrivacyBot } from './adapters/bot-framework/privacy-bot.ts';
import { writerTo } from './adapters/bot-framework/proactive.ts';
import { conversationsIn } from './adapters/bot-framework/stored-conversations.ts';
import { teamsPeopleIn } from './adapters/bot-framework/teams-people.ts';
import { deskRoutes } from './adapters/desk/desk.ts';
import { linkSignIn } from './adapters/desk/link-sign-in.ts';
import { openIdSignIn } from './adapters/desk/openid-sign-in.ts';
import { directLine } from './adapters/direct-line/direct-line.ts';
import { hostedDirectLine } from './adapters/direct-line/hosted.ts';
import { careersRoutes } from './adapters/http/careers-page.ts';
import { chatRoutes } from './adapters/http/chat-page.ts';
import { noticeRoutes } from './adapters/http/notice-page.ts';
import { requestRoutes } from './adapters/http/request-routes.ts';
import { createService } from './adapters/http/service.ts';
import { staticFiles } from './adapters/http/static-files.ts';
import { fileCourier } from './adapters/mail/file-courier.ts';
import type { MailRoom } from './adapters/mail/mail-courier.ts';
import { smtpCourier } from './adapters/mail/smtp-courier.ts';
import { webhookCourier } from './adapters/webhook/webhook-courier.ts';
import { loadAssistant } from './assistant.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import type { Content } from './content/content.ts';
import { type Links, noPages } from './conversation/render.ts';
import { openStores } from './open-stores.ts';
import { WEB } from './paths.ts';
import { receiptKey } from './receipt-key.ts';
import { ticketSecret } from './ticket-secret.ts';
import { confirmationsIn, entryForCode } from './tickets/confirmation.ts';
import { type Courier, deliverDue } from './tickets/courier.ts';
import { checkFormTemplate } from './tickets/form-url.ts';
import { leaseIn } from './tickets/lease.ts';
import { officeOf } from './tickets/office.ts';
import { monthsBefore, purgeTickets } from './tickets/retention.ts';
import { receiptSigner } from './tickets/signed-receipt.ts';
import { EtagMismatch, type TicketStore } from './tickets/ticket-store.ts';

/** The running service. */
export interface Service {
  port: number;
  /** Takes no new requests, ends those under way (10 s at most), then closes the store. */
  stop(reason: string): Promise<void>;
}

const STOP_MS = 10_000;
const PURGE_MS = 15 * 60 * 1000;
const DELIVER_MS = 5_000;

/**
 * Starts the service on the embedded store. `print` shows the link by which the desk is opened on this machine.
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
  const stores = await openStores(config);
  const { documents, transcripts, audit } = stores;
  const storage = new BotStorage(documents, clock, config.stateHours);
  const secret = ticketSecret(config);
  const assistant = loadAssistant(secret);
  const kept = conversationsIn(storage);
  const host = {
    assistant,
    conversations: {
      ...kept,
      // What was said is kept in two places: as the state of the conversation, and as what its reader sees.
      async forget(conversation: string) {
        await kept.forget(conversation);
        await line.forget(conversation);
      },
    },
    tickets: stores.tickets,
    lessons: stores.lessons,
  };
  const files = staticFiles(WEB);
  let address = config.publicUrl;
  const links: Links = {
    passage: (id) => (address ? new URL(`/notice#${id}`, address).href : noPages.passage(id)),
    get find() {
      return address ? new URL('/request/find', address).href : noPages.find;
    },
    ticket: (token) => (address ? new URL(`/request/${token}`, address).href : null),
  };
  const office = officeOf(host.tickets, audit, clock);
  const sorry = (locale: string | undefined) =>
    assistant.content.replies[locale?.startsWith('en') ? 'en' : 'sv']['error.turn'] ?? '';
  const failed = (failure: object) => logger.error(failure, 'turn failed');
  const connection = connect(config.identity, sorry, failed);
  const bot = new PrivacyBot(host, {
    links,
    clock,
    report: (turn) => logger.info(turn, 'turn'),
    // The Direct Line that is built in leads to this bot and to nobody else.
    handOffTo: (channel) => (channel === 'directline' && !config.hostedDirectLine ? null : config.handOffTo),
    tenants: config.tenants,
    people: teamsPeopleIn(documents),
    office,
    writeTo: writerTo(connection.adapter, config.identity?.id ?? ''),
    appId: config.identity?.id ?? '',
  });
  const noteGivenUp = (id: string, ticketId: string, detail: Record<string, string | number>) =>
    audit.append({
      at: clock().toISOString(),
      by: { id, role: 'system' },
      action: `${id}.given_up`,
      ticketId,
      detail,
    });
  const confirmations = confirmationsIn(documents, secret);
  const letters = join(config.dataDir, 'outbox-mail');
  const mail: MailRoom = {
    content: assistant.content,
    confirmations,
    sender: config.sender,
    addresses: () => ({
      find: new URL('/request/find', address ?? 'http://127.0.0.1').href,
      passage: links.passage,
    }),
    delayed: (letter) => logger.warn(letter, 'letter delayed'),
    async givenUp({ entry, ticketId, kind, why }) {
      logger.error({ entry, kind, why }, 'letter given up');
      await noteGivenUp('mail', ticketId, { kind, why });
    },
  };
  let ownOrigins: string[] = [];
  const origins = () => [...ownOrigins, ...config.origins];
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
  const hosted = config.hostedDirectLine;

  // Without a sign-in service the desk opens for whoever reads the console, and only on this machine.
  const signIn = config.signIn
    ? openIdSignIn(config.signIn, documents, () => address ?? '', clock)
    : config.identity
      ? null
      : linkSignIn((path) => print(`The request desk: ${new URL(path, address ?? '').href}`), clock);
  const desk =
    signIn &&
    deskRoutes({
      content: assistant.content,
      files,
      office,
      tickets: host.tickets,
      audit,
      documents,
      signIn,
      isSecure: config.publicUrl?.startsWith('https:') ?? false,
      clock,
      failed: (failure) => logger.error(failure, 'a page of the desk failed'),
    });

  let isStopping = false;
  const server = createService({
    messages: messagesEndpoint(bot, connection, config.identity),
    routes: [
      requestRoutes({
        content: assistant.content,
        files,
        tickets: host.tickets,
        office,
        documents,
        confirmations,
        sendCode: ({ id }, now) => leaveCode(id, now, host.tickets),
        mint: assistant.mint,
        receipts: receiptSigner(receiptKeyOf(config)),
        secret,
        clock,
        address: () => address,
        form: requestFormOf(config, assistant.content),
        closedDays: config.closedPageDays,
        log: (failure) => logger.error(failure, 'page failed'),
      }),
      noticeRoutes(assistant.content, files),
      careersRoutes(assistant.content, files, () => address),
      chatRoutes({
        content: assistant.content,
        files,
        address: () => address,
        origins: () => config.origins,
        hosted: hosted?.domain ?? null,
      }),
      hosted ? hostedDirectLine({ ...hosted, clock, origins, log: failed }) : line.routes,
      apiRoutes({
        tickets: host.tickets,
        audit,
        assistant,
        exports: config.handOver.exports,
        clock,
        keys: config.handOver.keys,
        address: () => address,
        failed: (failure) => logger.error(failure, 'a call of the API failed'),
      }),
      ...(desk ? [desk] : []),
      files.routes,
    ],
    ready: async () => !isStopping && (await stores.isReady()),
    rate: config.rate,
    log: logger.child({}, { level: 'error' }),
  });
  await new Promise<void>((resolve, reject) => {
    // restify hands the socket's errors on; both must be heard, or the process dies of them.
    server.once('error', reject);
    server.server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    stores.close();
    throw new ConfigError([
      `PORT ${config.port} on HOST ${config.host} cannot be opened (${cause.code}); free it or choose another`,
    ]);
  });
  const failedRound = (failure: object) => logger.error(failure, 'a round of upkeep failed');
  line.attach(server.server);
  // Several instances may share Cosmos DB: one of them at a time does these. The embedded store is one process's own.
  const holder = randomUUID();
  const alone = async (name: string, work: () => Promise<void>) => {
    if (config.cosmos) await leaseIn(documents, name, holder, clock).during(work);
    else await work();
  };
  const purge = every(
    PURGE_MS,
    () =>
      alone('purge', async () => {
        await documents.purge(clock());
        await transcripts.purge(clock());
        const { retention } = config;
        await host.lessons.purge(monthsBefore(clock(), retention.lessonMonths).toISOString().slice(0, 10));
        await purgeTickets(clock(), retention, host.tickets, audit);
        const charges = stores.charges();
        if (Object.keys(charges).length > 0) logger.info(charges, 'request units');
      }),
    failedRound,
  );
  const { port } = server.server.address() as AddressInfo;
  // On this machine alone the address is known; in front of the network it must be told.
  if (!config.identity) address ??= `http://127.0.0.1:${port}`;
  ownOrigins = [
    ...(config.publicUrl ? [new URL(config.publicUrl).origin] : []),
    ...(config.identity ? [] : ['127.0.0.1', 'localhost', '[::1]'].map((name) => `http://${name}:${port}`)),
  ];
  const couriers = [
    filerCourier(bot),
    config.smtp ? smtpCourier(mail, config.smtp) : fileCourier(mail, letters),
  ];
  if (!config.smtp) logger.warn({ folder: letters }, 'SMTP_URL is not set: letters are written to files');
  const webhooks = webhookCourier({
    targets: config.handOver.targets,
    allowPrivate: config.handOver.allowPrivate,
    exports: config.handOver.exports,
    content: assistant.content,
    async givenUp({ entry, ticketId, target, why }) {
      logger.error({ entry, target, why }, 'webhook given up');
      await noteGivenUp('webhook', ticketId, { target, why });
    },
  });
  const deliver = (name: string, by: readonly Courier[]) => () =>
    alone(name, async () => {
      await deliverDue(clock(), host.tickets, by, (failure) => logger.warn(failure, 'not delivered'));
    });
  // In rounds of their own: a target that takes its time holds up no letter.
  const told = every(DELIVER_MS, deliver('letters', couriers), failedRound);
  const handedOver = every(DELIVER_MS, deliver('webhooks', [webhooks]), failedRound);
  const stop = async (reason: string) => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ reason }, 'stopping');
    // New requests are refused first; then everything under way has the same time to end.
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.server.closeIdleConnections();
    const ended = Promise.all([purge.stop(), told.stop(), handedOver.stop(), line.close(), closed]);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
    stores.close();
  };
  try {
    await alone('recovery', () => line.recover());
  } catch (error) {
    // What was not answered before cannot be read: better not to run than to run half.
    await stop('what was left unanswered cannot be read');
    throw error;
  }
  if (signIn?.kind === 'link' && logger.isLevelEnabled('info')) signIn.print();
  logger.info({ port, host: config.host, identity: config.identity !== null }, 'ready');
  return { port, stop };
}

// The first round at once, then one at a time; stopping waits for the one under way.
function every(
  ms: number,
  work: () => Promise<void>,
  failed: (failure: object) => void,
): { stop(): Promise<void> } {
  let round = Promise.resolve();
  let isBusy = false;
  const begin = () => {
    if (isBusy) return;
    isBusy = true;
    round = work()
      .catch((error: unknown) => failed({ error: error instanceof Error ? error.name : 'unknown' }))
      .finally(() => {
        isBusy = false;
      });
  };
  begin();
  const timer = setInterval(begin, ms);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}

// A code is due for a ticket: its letter goes into the outbox with the ticket, however often that changes meanwhile.
async function leaveCode(ticketId: string, now: Date, tickets: TicketStore): Promise<void> {
  for (;;) {
    const found = await tickets.byId(ticketId);
    if (!found) return;
    try {
      await tickets.update(found.ticket, found.etag, [entryForCode(ticketId, now)]);
      return;
    } catch (error) {
      if (!(error instanceof EtagMismatch)) throw error;
    }
  }
}

function requestFormOf({ requestForm }: Config, content: Content) {
  if (requestForm === 'own' || requestForm === 'chat') return requestForm;
  return {
    template: fitting('REQUEST_FORM', () => checkFormTemplate(requestForm, Object.keys(content.slots))),
  };
}

function receiptKeyOf(config: Config) {
  return fitting('RECEIPT_KEY', () => receiptKey(config));
}

// What a setting is refused for says what to do; the value is not in it.
function fitting<Value>(name: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw new ConfigError([`${name} ${cause instanceof Error ? cause.message : 'does not fit'}`]);
  }
}
