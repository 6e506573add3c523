import { z } from 'zod';

/** A mail server to send through. */
export interface SmtpServer {
  host: string;
  port: number;
  /** Encrypted from the first byte; otherwise STARTTLS. */
  secure: boolean;
  /** Whether an unencrypted connection is enough: to this machine alone. */
  plain: boolean;
  auth: { user: string; pass: string } | null;
}

const defaultPorts: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 };
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * `smtps://user:password@host:465` or `smtp://host:587`, which must offer STARTTLS unless it is this machine. User and
 * password are percent-encoded.
 */
export const smtpServerSchema = z.string().transform((text, context): SmtpServer => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isBare = url && ['', '/'].includes(url.pathname) && !url.search && !url.hash;
  const auth = url && credentials(url);
  if (!url || !(url.protocol in defaultPorts) || !url.hostname || !isBare || auth === undefined) {
    context.addIssue({
      code: 'custom',
      message: 'must look like smtps://user:password@host:465 or smtp://host:587',
    });
    return z.NEVER;
  }
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : (defaultPorts[url.protocol] ?? 587),
    secure,
    plain: !secure && LOOPBACK.test(url.hostname),
    auth: auth ?? null,
  };
});

// Null where there are none, undefined where they cannot be read.
function credentials(url: URL): SmtpServer['auth'] | undefined {
  if (!url.username && !url.password) return null;
  try {
    return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  } catch {
    return undefined;
  }
}
