import type { Request, RequestHandler, Response, Server } from 'restify';
import type { z } from 'zod';
import type { TranscriptStore } from '../../conversation/transcript-store.ts';
import { readJson } from '../../http/read-body.ts';
import { sentSchema, startSchema } from './activity.ts';
import { BASE, countedAddress, streamAddress } from './address.ts';
import { answer, handle, parse, type Work } from './answer.ts';
import { buckets } from './bucket.ts';
import type { Conversations, FailedTurn } from './conversations.ts';
import type { DirectLineLimits } from './limits.ts';
import { isWelcome, preflightHeaders, shareAnswer } from './origin.ts';
import { Refusal } from './refusal.ts';
import { type Bearer, newBearer, TOKEN_SECONDS, type Tokens } from './tokens.ts';
import { readWatermark } from './watermark.ts';

/** Adds the routes to the server; `throttle` holds back an address that asks too often. */
export type DirectLineRoutes = (server: Server, throttle: RequestHandler) => void;

export interface EndpointParts {
  tokens: Tokens;
  conversations: Conversations;
  transcripts: TranscriptStore;
  clock: () => Date;
  origins: () => readonly string[];
  publicUrl: string | null;
  limits: DirectLineLimits;
  log?: ((failed: FailedTurn) => void) | undefined;
}

// Activities in one answer to a client that polls.
const PAGE = 100;

/** The HTTP half of Direct Line 3.0, as botframework-directlinejs calls it. */
export function endpoints(parts: EndpointParts): DirectLineRoutes {
  const { tokens, conversations, transcripts, clock, origins, publicUrl, limits, log } = parts;
  const waitForToken = buckets(limits.tokens, clock);
  const waitForActivity = buckets(limits.activities, clock);

  const bearerOf = async (request: Request): Promise<Bearer> => {
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new Refusal(401, 'A token is needed');
    const bearer = await tokens.verify('api', token);
    // Whether another conversation exists is nobody's business: the answer is the same.
    if (request.params?.id !== undefined && request.params.id !== bearer.conversation)
      throw new Refusal(403, 'The token is not for this conversation');
    return bearer;
  };
  const keepPace = (wait: number) => {
    if (wait > 0) throw new Refusal(429, 'Too much at a time; please wait a little', wait);
  };
  const body = async <Schema extends z.ZodType>(request: Request, schema: Schema) =>
    parse(schema, await readJson(request, limits.bodyBytes));
  const passFor = async (bearer: Bearer) => ({
    conversationId: bearer.conversation,
    token: await tokens.sign('api', bearer),
    expires_in: TOKEN_SECONDS.api,
  });
  const connection = async (request: Request, bearer: Bearer, watermark: string) => {
    const query = { watermark, t: await tokens.sign('stream', bearer) };
    const streamUrl = streamAddress(publicUrl, request.headers.host, bearer.conversation, query);
    return { ...(await passFor(bearer)), streamUrl };
  };

  const generate: Work = async (request) => {
    keepPace(waitForToken(countedAddress(request.socket.remoteAddress)));
    const { user, locale } = await body(request, startSchema);
    return [200, await passFor(newBearer(user?.id, locale))];
  };
  const refresh: Work = async (request) => {
    const bearer = await bearerOf(request);
    keepPace(waitForActivity(bearer.conversation));
    return [200, await passFor(bearer)];
  };
  const start: Work = async (request) => {
    const bearer = await bearerOf(request);
    keepPace(waitForActivity(bearer.conversation));
    const { locale } = await body(request, startSchema);
    const answer = await connection(request, bearer, '');
    return [(await conversations.begin(bearer, locale)) ? 201 : 200, answer];
  };
  const reconnect: Work = async (request) => {
    const bearer = await bearerOf(request);
    const { watermark } = await reachedBy(request, bearer);
    return [200, await connection(request, bearer, String(watermark))];
  };
  const send: Work = async (request) => {
    const bearer = await bearerOf(request);
    keepPace(waitForActivity(bearer.conversation));
    return [200, { id: await conversations.take(bearer, await body(request, sentSchema)) }];
  };
  const upload: Work = async (request) => {
    await bearerOf(request);
    throw new Refusal(415, 'Attachments are not taken');
  };
  const read: Work = async (request) => {
    const bearer = await bearerOf(request);
    const { watermark } = await reachedBy(request, bearer);
    const entries = await transcripts.read(bearer.conversation, watermark, PAGE, clock());
    const reached = entries.at(-1)?.position ?? watermark;
    return [200, { activities: entries.map((entry) => entry.body), watermark: String(reached) }];
  };
  /** Where the client has read to. A watermark ahead of all that was said would wait for ever: it is moved back. */
  const reachedBy = async (request: Request, { conversation }: Bearer) => {
    const asked = readWatermark(new URLSearchParams(request.getQuery()).get('watermark'));
    const { last } = await transcripts.extent(conversation, clock());
    return { watermark: Math.min(asked, last) };
  };

  return (server, throttle) => {
    const guard = guardOrigins(server, origins);
    const add = (method: 'get' | 'post', path: string, work: Work) =>
      server[method](`${BASE}${path}`, guard, throttle, handle(work, log) as RequestHandler);
    add('post', '/tokens/generate', generate);
    add('post', '/tokens/refresh', refresh);
    add('post', '/conversations', start);
    add('get', '/conversations/:id', reconnect);
    add('post', '/conversations/:id/activities', send);
    add('get', '/conversations/:id/activities', read);
    add('post', '/conversations/:id/upload', upload);
  };
}

/** Answers preflights below the base, and gives the handler that turns other origins away from a route. */
export function guardOrigins(server: Server, origins: () => readonly string[]): RequestHandler {
  server.pre((request: Request, response: Response, next: (go?: false) => void) => {
    if (request.method !== 'OPTIONS' || !request.path().startsWith(`${BASE}/`)) return next();
    if (!isWelcome(request, origins())) {
      answer(response, 403, { error: 'This origin is not allowed' });
    } else {
      shareAnswer(request, response);
      response.sendRaw(204, '', preflightHeaders);
    }
    next(false);
  });
  // On every route, not by path before them: a path can be written in more than one way.
  const guard = (request: Request, response: Response, next: (go?: false) => void) => {
    if (isWelcome(request, origins())) {
      shareAnswer(request, response);
      return next();
    }
    answer(response, 403, { error: 'This origin is not allowed' });
    next(false);
  };
  return guard as RequestHandler;
}
