import { createHash } from 'node:crypto';
import { apiRoutes } from '../../src/adapters/api/api.ts';
import { apiKeySchema } from '../../src/adapters/api/api-key.ts';
import { memoryAudit } from '../../src/adapters/memory/memory-audit.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { mintFrom } from '../../src/tickets/ticket-number.ts';
import type { TicketStore } from '../../src/tickets/ticket-store.ts';
import { serve } from '../adapters/some-server.ts';
import { content, options } from '../exports/some-options.ts';

/** The keys that programs have in tests. */
export const secrets = {
  reader: 'reader-key-in-a-test',
  officer: 'officer-key-in-a-test',
  other: 'another-key',
};

const hash = (secret: string) => createHash('sha256').update(secret).digest('hex');
export const keys = [
  `reports:reader:${hash(secrets.reader)}`,
  `crm:officer:${hash(secrets.officer)}`,
  `portal:officer:${hash(secrets.other)}`,
].map((key) => apiKeySchema.parse(key));

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what came as they like
  json: any;
}

export interface Call {
  method?: 'GET' | 'POST';
  key?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The API on a server of its own, with a clock that stands still until it is moved. */
export async function serveApi(tickets: TicketStore = memoryTickets()) {
  const time = { now: new Date('2026-02-01T12:00:00Z') };
  const audit = memoryAudit();
  const failures: object[] = [];
  const server = await serve(
    apiRoutes({
      tickets,
      audit,
      assistant: { content, mint: mintFrom(new Uint8Array(32)) },
      exports: options,
      clock: () => time.now,
      keys,
      address: () => 'https://privacy.example.se',
      failed: (failure) => failures.push(failure),
    }),
  );
  const call = async (path: string, { method, key, body, headers }: Call = {}): Promise<Answered> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${server.at}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key ?? secrets.officer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: text ?? null,
    });
    const answer = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const json = isJson && answer !== '' ? JSON.parse(answer) : null;
    return { status: response.status, headers: response.headers, text: answer, json };
  };
  const file = (idempotencyKey: string, changes: object = {}, more: Call = {}) =>
    call('/api/requests', {
      body: { type: 'erasure', slots: { name: 'Anna Berg', email: 'Anna.Berg@example.se' }, ...changes },
      ...more,
      headers: { 'idempotency-key': idempotencyKey, ...more.headers },
    });
  return { ...server, call, file, audit, tickets, time, failures };
}

export type Api = Awaited<ReturnType<typeof serveApi>>;
