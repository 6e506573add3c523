import type { Logger } from 'pino';
import { filerCourier } from './adapters/bot-framework/filer-courier.ts';
import type { PrivacyBot } from './adapters/bot-framework/privacy-bot.ts';
import { fileCourier } from './adapters/mail/file-courier.ts';
import { lettersFolder } from './adapters/mail/kept-letters.ts';
import type { MailRoom } from './adapters/mail/mail-courier.ts';
import { smtpCourier } from './adapters/mail/smtp-courier.ts';
import { webhookCourier } from './adapters/webhook/webhook-courier.ts';
import type { Addresses } from './addresses.ts';
import type { Config } from './config.ts';
import type { Content } from './content/content.ts';
import { inLanguage } from './pages/site-page.ts';
import type { AuditLog } from './tickets/audit.ts';
import type { Confirmations } from './tickets/confirmation.ts';
import type { Courier } from './tickets/courier.ts';
import type { Pace } from './tickets/pace.ts';

/** What couriers are made of besides the settings. */
export interface CouriersParts {
  bot: PrivacyBot;
  content: Content;
  confirmations: Confirmations;
  pace: Pace;
  addresses: Addresses;
  audit: AuditLog;
  clock(): Date;
  logger: Logger;
}

/** Everybody who delivers what is due, in the groups that go their rounds apart. What is given up is in the audit log. */
export function couriersOf(config: Config, parts: CouriersParts): Record<string, Courier[]> {
  const { bot, content, confirmations, pace, addresses, audit, clock, logger } = parts;
  const noteGivenUp = (id: string, ticketId: string, detail: Record<string, string | number>) =>
    audit.append({
      at: clock().toISOString(),
      by: { id, role: 'system' },
      action: `${id}.given_up`,
      ticketId,
      detail,
    });
  const mail: MailRoom = {
    content,
    confirmations,
    pace,
    sender: config.sender,
    addresses: {
      ...addresses.links,
      begin: (locale) => new URL(inLanguage('/request', locale), addresses.own() ?? 'http://127.0.0.1').href,
      answers: config.sender.replyTo,
    },
    delayed: (letter) => logger.warn(letter, 'letter delayed'),
    async givenUp({ entry, ticketId, kind, why }) {
      logger.error({ entry, kind, why }, 'letter given up');
      await noteGivenUp('mail', ticketId, { kind, why });
    },
  };
  const folder = lettersFolder(config.dataDir);
  if (!config.smtp) logger.warn({ folder }, 'SMTP_URL is not set: letters are written to files');
  const webhooks = webhookCourier({
    targets: config.handOver.targets,
    allowPrivate: config.handOver.allowPrivate,
    exports: config.handOver.exports,
    content,
    async givenUp({ entry, ticketId, target, why }) {
      logger.error({ entry, target, why }, 'webhook given up');
      await noteGivenUp('webhook', ticketId, { target, why });
    },
  });
  const post = config.smtp ? smtpCourier(mail, config.smtp) : fileCourier(mail, folder);
  return {
    // Somebody waits for a code: it goes before everything else.
    codes: [{ ...post, kinds: ['mail.code'] }],
    letters: [{ ...post, kinds: post.kinds.filter((kind) => kind !== 'mail.code') }],
    filers: [filerCourier(bot)],
    webhooks: [webhooks],
  };
}
