import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { AddressRefused, lookupPublic } from './public-address.ts';
import { isPrivate } from './target.ts';

/** Ten seconds for all of it: name, connection, request and answer. */
export const TIMEOUT_MS = 10_000;

/** As much of an answer as is read: Fides' to one request has a few hundred bytes. */
const ANSWER_BYTES = 64 * 1024;

/** An answer as far as anybody looks at it. */
export interface Answered {
  status: number;
  body: string;
}

export interface Post {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Whether private addresses may be reached, this machine's too. */
  allowPrivate: boolean;
  timeoutMs?: number | undefined;
  /** How a name is resolved where private addresses may not be reached. */
  lookup?: LookupFunction | undefined;
}

/**
 * Posts a body. A redirect is an answer like any other and is not followed; nothing is kept open.
 * @throws {AddressRefused} where the target is no public address and must be; otherwise what the connection threw.
 */
export function post({ url, headers, body, allowPrivate, timeoutMs, lookup }: Post): Promise<Answered> {
  const target = new URL(url);
  // A name goes through the lookup; a bare address does not.
  if (!allowPrivate && isPrivate(url)) return Promise.reject(new AddressRefused());
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      target,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(timeoutMs ?? TIMEOUT_MS),
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        ...(allowPrivate ? {} : { lookup: lookup ?? lookupPublic }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const done = () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
          sent.destroy();
        };
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > ANSWER_BYTES) return done();
          chunks.push(chunk);
        });
        response.on('end', done);
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
