import type { LookupFunction } from 'node:net';
import type { Content } from '../../content/content.ts';
import { CannotCarry } from '../../exports/cannot-carry.ts';
import { type ExportOptions, exportTicket } from '../../exports/export-ticket.ts';
import { fidesAnswerSchema } from '../../exports/fides.ts';
import { requestJsonOf } from '../../exports/request-json.ts';
import { signWebhook } from '../../exports/webhook-signature.ts';
import type { Courier } from '../../tickets/courier.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { OutboxEntry } from '../../tickets/ticket-store.ts';
import { type Answered, post } from './post.ts';
import type { Target } from './target.ts';

/** Something that will never reach a target: ids only. */
export interface GivenUp {
  entry: string;
  ticketId: string;
  /** The place of the target in the configuration, from 1. */
  target: number;
  why: 'gone' | 'cannot carry';
}

export interface WebhookParts {
  targets: readonly Target[];
  /** Whether targets may be at private addresses, such as inside the company's own network. */
  allowPrivate: boolean;
  exports: ExportOptions;
  content: Content;
  givenUp: (entry: GivenUp) => Promise<void>;
  timeoutMs?: number | undefined;
  lookup?: LookupFunction | undefined;
}

/** A webhook was not taken: by its status, or by what the answer says. */
export class NotTaken extends Error {
  constructor(status: number) {
    super(`the target answered ${status} and has not taken it`);
    this.name = 'NotTaken';
  }
}

/** A target has failed and is left alone for a while. */
class Resting extends Error {
  constructor() {
    super('the target has failed and is left alone for a while');
    this.name = 'Resting';
  }
}

/** Entries of which some targets have been told and others not yet; with more, the oldest is told to all once more. */
const MANY = 1000;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 10 * 60_000;

/**
 * Tells other systems of new requests and of each step. With several targets, those that have taken it are left alone
 * while the others are tried again; after a restart they may hear it once more, under the same event id.
 */
export function webhookCourier(parts: WebhookParts): Courier {
  const told = new Map<string, Set<number>>();
  // A target that failed is left alone for a while: it takes its time from the others.
  const rests = parts.targets.map(() => ({ until: 0, ms: FIRST_REST_MS }));
  const tellUnlessResting = async (index: number, now: Date, telling: () => ReturnType<typeof tell>) => {
    const rest = rests[index] ?? { until: 0, ms: FIRST_REST_MS };
    const left = rest.until - now.getTime();
    if (left > 0 && left <= LONGEST_REST_MS) throw new Resting();
    try {
      const why = await telling();
      rests[index] = { until: 0, ms: FIRST_REST_MS };
      return why;
    } catch (error) {
      rests[index] = { until: now.getTime() + rest.ms, ms: Math.min(rest.ms * 2, LONGEST_REST_MS) };
      throw error;
    }
  };
  return {
    kinds: ['ticket.filed', 'ticket.moved', 'ticket.amended'],
    async deliver(entry, ticket, now) {
      const done = told.get(entry.id) ?? new Set();
      const outcomes = await Promise.allSettled(
        parts.targets.map(async (target, index) => {
          if (done.has(index)) return;
          const why = await tellUnlessResting(index, now, () => tell(target, entry, ticket, now, parts));
          if (why) await parts.givenUp({ entry: entry.id, ticketId: ticket.id, target: index + 1, why });
          done.add(index);
        }),
      );
      told.delete(entry.id);
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (!failed) return 'told';
      told.set(entry.id, done);
      if (told.size > MANY) for (const oldest of [...told.keys()].slice(0, -MANY)) told.delete(oldest);
      throw failed.reason;
    },
  };
}

/** Tells one target. Null: it has taken it; otherwise why it never will. */
async function tell(
  target: Target,
  entry: OutboxEntry,
  ticket: Ticket,
  now: Date,
  { exports, content, allowPrivate, timeoutMs, lookup }: WebhookParts,
): Promise<GivenUp['why'] | null> {
  const isFides = target.format === 'fides';
  // Fides would begin the request anew with each step.
  if (isFides && entry.kind !== 'ticket.filed') return null;
  let body: string;
  try {
    body = isFides
      ? exportTicket(ticket, 'fides', exports, content, now).body
      : JSON.stringify(eventOf(entry, ticket));
  } catch (error) {
    if (error instanceof CannotCarry) return 'cannot carry';
    throw error;
  }
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'sekretessassistenten',
    'x-event-id': entry.id,
    'x-event-kind': entry.kind,
    'x-signature': signWebhook(body, target.secret, now),
    ...(target.token ? { authorization: `Bearer ${target.token}` } : {}),
  };
  const answered = await post({ url: target.url, headers, body, allowPrivate, timeoutMs, lookup });
  if (answered.status === 410) return 'gone';
  if (!isTaken(answered, isFides)) throw new NotTaken(answered.status);
  return null;
}

/**
 * What a webhook says: what happened, and the request as it is when it is told, which may be some steps on.
 */
function eventOf({ id, kind, createdAt }: OutboxEntry, ticket: Ticket) {
  return { event: { id, kind, at: createdAt }, request: requestJsonOf(ticket) };
}

function isTaken({ status, body }: Answered, isFides: boolean): boolean {
  if (status < 200 || status > 299) return false;
  if (!isFides) return true;
  try {
    const answer = fidesAnswerSchema.parse(JSON.parse(body));
    return answer.failed.length === 0 && answer.succeeded.length > 0;
  } catch {
    return false;
  }
}
