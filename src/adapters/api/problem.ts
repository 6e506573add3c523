import { STATUS_CODES } from 'node:http';
import type { Response } from 'restify';
import { z } from 'zod';

/** What a request can fail by, for programs; permanent. */
export const problemCodes = [
  'invalid',
  'broken_body',
  'too_large',
  'not_json',
  'no_key',
  'not_allowed',
  'not_found',
  'no_idempotency_key',
  'key_used',
  'no_etag',
  'stale',
  'no_such_step',
  'cannot_carry',
  'too_many',
  'failed',
] as const;

/** One thing that is wrong with a request: where, and what. Nothing that was sent is repeated. */
export const faultSchema = z.strictObject({
  at: z.string().describe('A JSON Pointer into the body, or the name of a header or of a part of the query'),
  fault: z.string(),
});

/** An error as RFC 9457 has it, with a code for programs. */
export const problemSchema = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(problemCodes),
  detail: z.string(),
  faults: z.array(faultSchema).optional(),
});

export type Fault = z.infer<typeof faultSchema>;
export type ProblemCode = (typeof problemCodes)[number];

/** A request that is not answered as it was meant. It holds nothing that a person wrote. */
export class Problem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly faults: readonly Fault[];
  constructor(status: number, code: ProblemCode, detail: string, faults: readonly Fault[] = []) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

/** Sends a problem as `application/problem+json`. */
export function sendProblem(response: Response, { status, code, message, faults }: Problem): void {
  const body: z.infer<typeof problemSchema> = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: message,
    ...(faults.length > 0 ? { faults: [...faults] } : {}),
  };
  response.sendRaw(status, JSON.stringify(body), {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  });
}
