import { z } from 'zod';

/**
 * What went wrong: this message is refused for good; this message is not taken now; or the server is not to be used
 * now, whatever the message. The code is the server's answer (`550`) or the connection's (`ETIMEDOUT`).
 */
export interface SmtpFailure {
  is: 'refused' | 'later' | 'server';
  code: string;
}

// What nodemailer says about a failure, as far as it matters. The server's own words may hold addresses: of them only
// the enhanced status code (RFC 3463) is looked at.
const errorSchema = z.object({
  code: z
    .string()
    .regex(/^[A-Z_]+$/)
    .catch('unknown'),
  command: z.string().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  responseCode: z.number().int().optional().catch(undefined),
});

/**
 * Reads a failure of nodemailer's. Only an answer to the recipient or to the message itself (RCPT TO, DATA) says that
 * this message will never be taken. A 5xx at sign-in, or for reasons of policy (5.7.x, such as relaying denied), is a
 * fault in the settings: giving up for it would lose every letter until somebody sees it.
 */
export function failureOf(error: unknown): SmtpFailure {
  const parsed = errorSchema.safeParse(error);
  if (!parsed.success) return { is: 'later', code: 'unknown' };
  const { code, command, response = '', responseCode } = parsed.data;
  if (responseCode === undefined)
    return { is: code === 'EENVELOPE' || code === 'EMESSAGE' ? 'later' : 'server', code };
  const isAboutMessage = command === 'RCPT TO' || command === 'DATA';
  const isPolicy = /^5\d\d[ -]5\.7\./.test(response) || [503, 530, 535, 538].includes(responseCode);
  if (isAboutMessage && responseCode >= 500 && !isPolicy)
    return { is: 'refused', code: String(responseCode) };
  // 421: the server is going away.
  const isServer = !isAboutMessage || responseCode === 421;
  return { is: isServer ? 'server' : 'later', code: String(responseCode) };
}
