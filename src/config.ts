import { z } from 'zod';
import type { AppIdentity } from './adapters/bot-framework/messages-endpoint.ts';
import type { CosmosSettings } from './adapters/cosmos/open-cosmos.ts';
import type { OpenIdSettings } from './adapters/desk/openid-sign-in.ts';
import { mailboxSchema, type Sender } from './adapters/mail/sender.ts';
import { type SmtpServer, smtpServerSchema } from './adapters/mail/smtp-server.ts';
import { signInOf, signInVariables } from './desk-sign-in.ts';
import { type HandOver, handOverOf, handOverVariables } from './hand-over.ts';
import type { Retention } from './tickets/retention.ts';

const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);
const set = z.string().trim().min(1);
/** `id:key`, the key 32 bytes in base64. */
const sealingKey = z
  .string()
  .regex(/^[\w-]{1,32}:[A-Za-z0-9+/_-]{43}=?$/, 'is id:key, the key 32 bytes in base64')
  .transform((text) => {
    const [id = '', key = ''] = text.split(':');
    return { id, key: Buffer.from(key, 'base64') };
  });
/** Several values with commas between them. */
const list = <Value extends z.ZodType>(value: Value) =>
  z.preprocess(
    (given) =>
      typeof given === 'string'
        ? given.split(',').flatMap((each) => (each.trim() ? [each.trim()] : []))
        : given,
    z.array(value),
  );

const environmentSchema = z
  .object({
    PORT: whole(0, 65535).default(3978),
    HOST: set.optional(),
    DATA_DIR: set.default('data'),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .refine((address) => URL.parse(address)?.pathname === '/', 'must have no path behind its host')
      .optional(),
    ALLOWED_ORIGINS: list(
      z.url({ protocol: /^https?$/ }).transform((address) => URL.parse(address)?.origin ?? address),
    ).optional(),
    TICKET_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    STATE_TTL_HOURS: whole(1, 24 * 30).default(24),
    RETENTION_DRAFT_DAYS: whole(1, 3650).default(30),
    RETENTION_ENDED_MONTHS: whole(1, 240).default(24),
    RETENTION_LESSON_MONTHS: whole(1, 240).default(12),
    DATA_KEYS: list(sealingKey).default([]),
    RATE_PER_SECOND: whole(1, 10_000).default(50),
    RATE_BURST: whole(1, 10_000).default(100),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    MICROSOFT_APP_ID: set.optional(),
    MICROSOFT_APP_PASSWORD: set.optional(),
    MICROSOFT_APP_TYPE: z.enum(['SingleTenant', 'UserAssignedMSI']).default('SingleTenant'),
    MICROSOFT_APP_TENANT_ID: set.optional(),
    TEAMS_TENANTS: list(set.transform((tenant) => tenant.toLowerCase()))
      .refine((tenants) => tenants.length > 0, 'must name at least one')
      .optional(),
    HANDOFF_SKILL: set.optional(),
    SMTP_URL: smtpServerSchema.optional(),
    MAIL_FROM: mailboxSchema.optional(),
    MAIL_REPLY_TO: z.email().optional(),
    RECEIPT_KEY: set.optional(),
    REQUEST_FORM: set.default('own'),
    CLOSED_PAGE_DAYS: whole(1, 3650).default(30),
    COSMOS_ENDPOINT: z.url().optional(),
    COSMOS_KEY: set.optional(),
    COSMOS_DATABASE: set.default('sekretessassistenten'),
    COSMOS_TENANT: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'has small letters, digits and dashes, 40 at most')
      .default('default'),
    COSMOS_FIND_REGIONS: z.stringbool().default(false),
    ...handOverVariables,
    ...signInVariables,
    DIRECT_LINE_SECRET: set.optional(),
    DIRECT_LINE_DOMAIN: z.url().default('https://directline.botframework.com/v3/directline'),
  })
  .superRefine((environment, context) => {
    const need = (name: keyof typeof environment, why: string) => {
      if (!environment[name]) context.addIssue({ code: 'custom', path: [name], message: why });
    };
    for (const { variable, why } of [...handOverOf(environment).faults, ...signInOf(environment).faults])
      context.addIssue({ code: 'custom', path: [variable], message: why });
    if (environment.COSMOS_ENDPOINT) {
      need('COSMOS_KEY', 'is needed with COSMOS_ENDPOINT');
      need('TICKET_SECRET', 'is needed with COSMOS_ENDPOINT: all instances must make the same ids');
      need('RECEIPT_KEY', 'is needed with COSMOS_ENDPOINT: all instances must sign alike');
    }
    if (environment.SMTP_URL) need('MAIL_FROM', 'is needed with SMTP_URL');
    if (environment.MICROSOFT_APP_ID) {
      need('MICROSOFT_APP_TENANT_ID', 'is needed with MICROSOFT_APP_ID');
      need(
        'PUBLIC_URL',
        'is needed with MICROSOFT_APP_ID: the chat, the notice and receipts are reached at it',
      );
      if (environment.MICROSOFT_APP_TYPE === 'SingleTenant')
        need('MICROSOFT_APP_PASSWORD', 'is needed with MICROSOFT_APP_ID');
    } else if (environment.HOST && !['127.0.0.1', '::1', 'localhost'].includes(environment.HOST)) {
      context.addIssue({
        code: 'custom',
        path: ['HOST'],
        message: 'must be this machine (127.0.0.1) while MICROSOFT_APP_ID is not set',
      });
    }
  });

/** The service's settings, all from the environment. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  /** The address at which people reach the service, for the links it gives out. */
  publicUrl: string | null;
  /** The origins of the websites that show the chat. */
  origins: readonly string[];
  /** The tenants whose people may use the bot in Teams; null: any, on this machine alone. */
  tenants: readonly string[] | null;
  /** Whom a conversation is handed to; null: a message is left instead. */
  handOffTo: string | null;
  /** The Direct Line that Azure hosts for the bot; null: it is served here. */
  hostedDirectLine: { secret: string; domain: string } | null;
  /** Where mail is sent; null: it is written to files. */
  smtp: SmtpServer | null;
  sender: Sender;
  /** What signs receipts; null: a key that is made once. */
  receiptKey: string | null;
  /** The request form: `own`, `chat` (none but the chat), or the https template of one elsewhere. */
  requestForm: string;
  /** How many days the page of an ended ticket can still be seen. */
  closedPageDays: number;
  /** The Cosmos DB that everything is kept in; null: the embedded store. */
  cosmos: CosmosSettings | null;
  /** How officers sign in to the desk; null: by a link on the console, on this machine alone. */
  signIn: OpenIdSettings | null;
  /** Who may use the API, and where requests are handed over to. */
  handOver: HandOver;
  ticketSecret: string | null;
  stateHours: number;
  retention: Retention;
  /** What seals personal data in the embedded store: the first seals, all open. None: it is not sealed. */
  dataKeys: readonly { id: string; key: Uint8Array }[];
  rate: { perSecond: number; burst: number };
  logLevel: string;
  identity: AppIdentity | null;
}

/** The environment does not fit. The message names every fault, one a line. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`The environment does not fit:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** @throws {ConfigError} with all faults at once. Values are never in the message: some are secrets. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const values = parsed.data;
  const identity = values.MICROSOFT_APP_ID
    ? {
        id: values.MICROSOFT_APP_ID,
        password: values.MICROSOFT_APP_PASSWORD ?? '',
        type: values.MICROSOFT_APP_TYPE,
        tenant: values.MICROSOFT_APP_TENANT_ID ?? '',
      }
    : null;
  return {
    port: values.PORT,
    host: values.HOST ?? (identity ? '0.0.0.0' : '127.0.0.1'),
    dataDir: values.DATA_DIR,
    publicUrl: values.PUBLIC_URL ?? null,
    origins: values.ALLOWED_ORIGINS ?? [],
    tenants: values.TEAMS_TENANTS ?? (identity ? [identity.tenant.toLowerCase()] : null),
    handOffTo: values.HANDOFF_SKILL ?? null,
    hostedDirectLine: values.DIRECT_LINE_SECRET
      ? { secret: values.DIRECT_LINE_SECRET, domain: values.DIRECT_LINE_DOMAIN.replace(/\/$/, '') }
      : null,
    receiptKey: values.RECEIPT_KEY ?? null,
    requestForm: values.REQUEST_FORM,
    closedPageDays: values.CLOSED_PAGE_DAYS,
    cosmos: values.COSMOS_ENDPOINT
      ? {
          endpoint: values.COSMOS_ENDPOINT,
          key: values.COSMOS_KEY ?? '',
          database: values.COSMOS_DATABASE,
          tenant: values.COSMOS_TENANT,
          findsRegions: values.COSMOS_FIND_REGIONS,
        }
      : null,
    signIn: signInOf(values).signIn,
    handOver: handOverOf(values).handOver,
    smtp: values.SMTP_URL ?? null,
    sender: {
      ...(values.MAIL_FROM ?? {
        name: 'Sekretessassistenten',
        address: 'sekretessassistenten@localhost.example',
      }),
      replyTo: values.MAIL_REPLY_TO ?? null,
    },
    ticketSecret: values.TICKET_SECRET ?? null,
    stateHours: values.STATE_TTL_HOURS,
    retention: {
      draftDays: values.RETENTION_DRAFT_DAYS,
      endedMonths: values.RETENTION_ENDED_MONTHS,
      lessonMonths: values.RETENTION_LESSON_MONTHS,
    },
    dataKeys: values.DATA_KEYS,
    rate: { perSecond: values.RATE_PER_SECOND, burst: values.RATE_BURST },
    logLevel: values.LOG_LEVEL,
    identity,
  };
}
