import type { Request, RequestHandler, Response } from 'restify';
import { BodyError } from '../../http/read-body.ts';
import { type ApiKey, type ApiRole, keyOf } from './api-key.ts';
import { Problem, sendProblem } from './problem.ts';

const BODY_CODES = { 400: 'broken_body', 413: 'too_large', 415: 'not_json' } as const;

/** What a route answers: a status, headers, and a body as JSON or as it is. */
export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: object | string;
}

/** What a route does for a program whose key has been seen; it throws a Problem where it cannot. */
export type Work = (request: Request, key: ApiKey) => Promise<Answer>;

/** Told when something failed that nobody had foreseen: the name of the error, and never its words. */
export type Failed = (failure: { error: string }) => void;

/** A handler for programs that have a key of the role; an officer may do what a reader may. */
export function forKey(
  role: ApiRole,
  keys: readonly ApiKey[],
  work: Work,
  failed: Failed | undefined,
): RequestHandler {
  const handler = async (request: Request, response: Response): Promise<void> => {
    try {
      const key = keyOf(request.headers.authorization, keys);
      if (!key) throw new Problem(401, 'no_key', 'A key that is known here is needed');
      if (role === 'officer' && key.role !== 'officer')
        throw new Problem(403, 'not_allowed', 'This key may look, and not file or move');
      sendAnswer(response, await work(request, key));
    } catch (error) {
      if (error instanceof Problem) return sendProblem(response, error);
      if (error instanceof BodyError)
        return sendProblem(response, new Problem(error.status, BODY_CODES[error.status], error.message));
      failed?.({ error: error instanceof Error ? error.name : typeof error });
      sendProblem(
        response,
        new Problem(500, 'failed', 'Something went wrong; the same request may be sent again'),
      );
    }
  };
  return handler as unknown as RequestHandler;
}

/** The throttle's refusal as a problem, like every other. */
export function inProblems(throttle: RequestHandler): RequestHandler {
  const guarded = (request: Request, response: Response, next: (go?: false) => void) =>
    throttle(request, response, ((refused?: unknown) => {
      if (refused === undefined) return next();
      response.setHeader('retry-after', '1');
      sendProblem(response, new Problem(429, 'too_many', 'Too much at a time; please wait a little'));
      next(false);
    }) as never);
  return guarded as RequestHandler;
}

function sendAnswer(response: Response, { status, headers, body }: Answer): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.sendRaw(status, text, {
    ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
}
