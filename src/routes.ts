import type { Logger } from 'pino';
import { apiRoutes } from './adapters/api/api.ts';
import { deskRoutes } from './adapters/desk/desk.ts';
import type { DeskParts } from './adapters/desk/desk-parts.ts';
import type { directLine } from './adapters/direct-line/direct-line.ts';
import { hostedDirectLine } from './adapters/direct-line/hosted.ts';
import { careersRoutes } from './adapters/http/careers-page.ts';
import { chatRoutes } from './adapters/http/chat-page.ts';
import { noticeRoutes } from './adapters/http/notice-page.ts';
import { requestRoutes } from './adapters/http/request-routes.ts';
import type { Routes } from './adapters/http/service.ts';
import { staticFiles } from './adapters/http/static-files.ts';
import type { Addresses } from './addresses.ts';
import { type Config, ConfigError } from './config.ts';
import type { Content } from './content/content.ts';
import { exportTicket } from './exports/export-ticket.ts';
import type { hostOf } from './host.ts';
import type { Stores } from './open-stores.ts';
import { WEB } from './paths.ts';
import { receiptKey } from './receipt-key.ts';
import { checkFormTemplate } from './tickets/form-url.ts';
import { receiptSigner } from './tickets/signed-receipt.ts';

/** What pages and calls are made of besides the settings. */
export interface RoutesParts {
  host: ReturnType<typeof hostOf>;
  stores: Stores;
  addresses: Addresses;
  line: ReturnType<typeof directLine>;
  /** How officers sign in; null: there is no desk here. */
  signIn: DeskParts['signIn'] | null;
  secret: Uint8Array;
  clock(): Date;
  /** Origins from which the chat may be opened. */
  origins(): readonly string[];
  logger: Logger;
}

/**
 * Everything that is reached over HTTP besides the channel's own endpoint.
 * @throws {ConfigError} where the form's template or the receipt's key does not fit.
 */
export function routesOf(config: Config, parts: RoutesParts): Routes[] {
  const { host, stores, addresses, line, signIn, secret, clock, origins, logger } = parts;
  const { assistant, tickets, office, owners } = host;
  const { content } = assistant;
  const { audit, documents } = stores;
  const files = staticFiles(WEB);
  const hosted = config.hostedDirectLine;
  const failed = (what: string) => (failure: object) => logger.error(failure, `${what} failed`);
  const desk =
    signIn &&
    deskRoutes({
      content,
      files,
      office,
      tickets,
      mint: assistant.mint,
      export: (ticket, format) => exportTicket(ticket, format, config.handOver.exports, content, clock()),
      audit,
      documents,
      signIn,
      isSecure: config.publicUrl?.startsWith('https:') ?? false,
      clock,
      failed: failed('a page of the desk'),
    });
  return [
    requestRoutes({
      content,
      files,
      tickets,
      office,
      documents,
      owners,
      mint: assistant.mint,
      receipts: receiptSigner(fitting('RECEIPT_KEY', () => receiptKey(config))),
      secret,
      clock,
      address: addresses.own,
      form: requestFormOf(config, content),
      later: host.later,
      log: failed('page'),
    }),
    noticeRoutes(content, files),
    careersRoutes(content, files, addresses.own),
    chatRoutes({
      content,
      files,
      address: addresses.own,
      origins: () => config.origins,
      hosted: hosted?.domain ?? null,
    }),
    hosted ? hostedDirectLine({ ...hosted, clock, origins, log: failed('turn') }) : line.routes,
    apiRoutes({
      tickets,
      audit,
      assistant,
      exports: config.handOver.exports,
      clock,
      keys: config.handOver.keys,
      address: addresses.own,
      failed: failed('a call of the API'),
    }),
    ...(desk ? [desk] : []),
    files.routes,
  ];
}

function requestFormOf({ requestForm }: Config, content: Content) {
  if (requestForm === 'own' || requestForm === 'chat') return requestForm;
  return {
    template: fitting('REQUEST_FORM', () => checkFormTemplate(requestForm, Object.keys(content.slots))),
  };
}

// What a setting is refused for says what to do; the value is not in it.
function fitting<Value>(name: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw new ConfigError([`${name} ${cause instanceof Error ? cause.message : 'does not fit'}`]);
  }
}
