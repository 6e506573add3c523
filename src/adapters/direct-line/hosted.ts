import type { Request, RequestHandler } from 'restify';
import { z } from 'zod';
import { readJson } from '../../http/read-body.ts';
import { startSchema } from './activity.ts';
import { BASE, countedAddress } from './address.ts';
import { handle, parse } from './answer.ts';
import { buckets } from './bucket.ts';
import type { FailedTurn } from './conversations.ts';
import { type DirectLineRoutes, guardOrigins } from './endpoints.ts';
import { type DirectLineLimits, defaultLimits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { newBearer } from './tokens.ts';

export interface HostedParts {
  /** The secret of the bot's Direct Line channel in Azure; it never leaves the server. */
  secret: string;
  /** The Direct Line to use, such as https://directline.botframework.com/v3/directline. */
  domain: string;
  clock: () => Date;
  origins: () => readonly string[];
  limits?: DirectLineLimits;
  log?: (failed: FailedTurn) => void;
}

const passSchema = z.object({
  token: z.string().min(1),
  conversationId: z.string().min(1),
  expires_in: z.number(),
});

const WAIT_MS = 10_000;

/**
 * The token endpoint where Azure hosts the Direct Line: the secret is exchanged for a token that is bound to one
 * conversation and a person of our making. The chat then talks to `domain` and notices nothing.
 */
export function hostedDirectLine(parts: HostedParts): DirectLineRoutes {
  const { secret, domain, clock, origins, limits = defaultLimits, log } = parts;
  const waitForToken = buckets(limits.tokens, clock);

  const generate = async (request: Request): Promise<[number, object]> => {
    const wait = waitForToken(countedAddress(request.socket.remoteAddress));
    if (wait > 0) throw new Refusal(429, 'Too much at a time; please wait a little', wait);
    parse(startSchema, await readJson(request, limits.bodyBytes));
    const { user } = newBearer();
    const answer = await fetch(`${domain}/tokens/generate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user: { id: user }, trustedOrigins: origins() }),
      signal: AbortSignal.timeout(WAIT_MS),
    })
      .then(async (response) => (response.ok ? passSchema.safeParse(await response.json()).data : undefined))
      .catch(() => undefined);
    if (!answer) {
      log?.({ activity: 'tokens/generate', error: 'HostedDirectLineFailed' });
      throw new Refusal(502, 'The chat cannot be reached just now; please try again in a little while', 5);
    }
    return [200, { ...answer, domain }];
  };

  return (server, throttle) => {
    const guard = guardOrigins(server, origins);
    server.post(`${BASE}/tokens/generate`, guard, throttle, handle(generate, log) as RequestHandler);
  };
}
