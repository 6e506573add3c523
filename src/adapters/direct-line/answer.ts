import type { Request, Response } from 'restify';
import type { z } from 'zod';
import { BodyError } from '../../http/read-body.ts';
import type { FailedTurn } from './conversations.ts';
import { Refusal } from './refusal.ts';

/** What an endpoint does: it gives a status and a body, or throws a Refusal. */
export type Work = (request: Request) => Promise<[status: number, body: object]>;

/** A handler that tells refusals as they are, and of what was not foreseen only that it happened. */
export function handle(work: Work, log: ((failed: FailedTurn) => void) | undefined) {
  return async (request: Request, response: Response): Promise<void> => {
    try {
      const [status, body] = await work(request);
      answer(response, status, body);
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof BodyError)) {
        log?.({ activity: 'request', error: error instanceof Error ? error.name : typeof error });
        return answer(response, 500, { error: 'Something went wrong; please try again' });
      }
      if (error instanceof Refusal && error.retryAfter !== null)
        response.setHeader('retry-after', String(error.retryAfter));
      answer(response, error.status, { error: error.message });
    }
  };
}

/** Sends JSON that nobody keeps or takes for anything else. */
export function answer(response: Response, status: number, body: object): void {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  response.sendRaw(status, JSON.stringify(body), { ...headers, 'x-content-type-options': 'nosniff' });
}

/** @throws {Refusal} 400 that names the place and the fault, and nothing of what was sent. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(400, `${issue?.path.join('.') || 'The body'}: ${issue?.message}`);
}
