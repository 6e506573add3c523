import { createHash } from 'node:crypto';
import type { Request } from 'restify';
import type { Assistant } from '../../conversation/assistant.ts';
import { maskPersonalNumbers } from '../../conversation/personal-number.ts';
import { CannotCarry, formats } from '../../exports/cannot-carry.ts';
import { type ExportOptions, exportTicket } from '../../exports/export-ticket.ts';
import { requestJsonOf } from '../../exports/request-json.ts';
import { readJson } from '../../http/read-body.ts';
import type { Actor, AuditLog } from '../../tickets/audit.ts';
import { allowedNext, TransitionError } from '../../tickets/life-cycle.ts';
import { officeOf } from '../../tickets/office.ts';
import { entriesFor } from '../../tickets/outbox.ts';
import {
  EtagMismatch,
  NumberTaken,
  type StoredTicket,
  type TicketStore,
} from '../../tickets/ticket-store.ts';
import type { Answer, Work } from './answer.ts';
import type { ApiKey } from './api-key.ts';
import { cursorsBy } from './cursor.ts';
import { etagFor, isKnown, matches } from './etag.ts';
import { fileRequest } from './file-request.ts';
import { parseBody, parseQuery } from './parse.ts';
import { Problem } from './problem.ts';
import { listQuerySchema, newRequestSchema, summarySchema, transitionSchema } from './schemas.ts';

/** A request has a few fields of at most two thousand letters. */
const MAX_BODY_BYTES = 64 * 1024;

export interface RequestsParts {
  tickets: TicketStore;
  audit: AuditLog;
  assistant: Pick<Assistant, 'content' | 'mint'>;
  exports: ExportOptions;
  clock: () => Date;
}

/** Requests in a page where the program does not say. */
const PAGE = 50;

/** What programs do with requests; each look and change is in the audit log under the key's id. */
export function requestsFor({ tickets, audit, assistant, exports, clock }: RequestsParts): {
  file: Work;
  list: Work;
  look: Work;
  move: Work;
  hand: Work;
} {
  const { content, mint } = assistant;
  const office = officeOf(tickets, audit, clock);
  const cursors = cursorsBy(mint);
  const schema = newRequestSchema(content);

  const note = (by: Actor, action: string, ticketId: string, detail: Record<string, string>) =>
    audit.append({ at: clock().toISOString(), by, action, ticketId, detail });
  const found = async (request: Request, by: Actor): Promise<StoredTicket> => {
    const named = await tickets.byNumber(String(request.params.number));
    const stored = named && (await office.look(named.ticket.id, by));
    if (!stored) throw new Problem(404, 'not_found', 'There is no request of this number');
    return stored;
  };

  return {
    async file(request, key) {
      const by = actor(key);
      const idempotencyKey = request.headers['idempotency-key'];
      if (typeof idempotencyKey !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(idempotencyKey))
        throw new Problem(
          400,
          'no_idempotency_key',
          'An Idempotency-Key of 1 to 255 visible letters is needed',
        );
      const given = parseBody(schema, await readJson(request, MAX_BODY_BYTES));
      const ownKey = `api/${sha256(`${key.id}\0${idempotencyKey}`)}`;
      const drafted = fileRequest(given, { by: by.id, key: ownKey, now: clock() }, assistant);
      if ('faults' in drafted) throw new Problem(422, 'invalid', 'The request does not fit', drafted.faults);
      const stored = await tickets.create(drafted.ticket, entriesFor(drafted.ticket)).catch((error) => {
        if (error instanceof NumberTaken)
          throw new Problem(409, 'key_used', 'Please send it again under another Idempotency-Key');
        throw error;
      });
      if (stored.created) await note(by, 'ticket.file', stored.ticket.id, { type: stored.ticket.type });
      else {
        if (stored.ticket.filedAs !== drafted.ticket.filedAs)
          throw new Problem(422, 'key_used', 'Another request has been filed under this Idempotency-Key');
        await note(by, 'ticket.look', stored.ticket.id, {});
      }
      const { status, ...answer } = shown(stored);
      const location = `/api/requests/${stored.ticket.number}`;
      return { ...answer, status: stored.created ? 201 : status, headers: { ...answer.headers, location } };
    },

    async list(request, key) {
      const query = parseQuery(listQuerySchema, request.getQuery());
      const page = await office.find(
        {
          statuses: query.status,
          type: query.type,
          team: query.team,
          assignee: query.assignee === '' ? null : query.assignee,
          dueBy: query.dueBy,
          limit: query.limit ?? PAGE,
          cursor: query.cursor === undefined ? null : cursors.take(query.cursor),
        },
        actor(key),
      );
      const requests = page.tickets.map(({ ticket }) => summarySchema.strip().parse(ticket));
      return {
        status: 200,
        body: {
          requests,
          next: page.cursor === null ? null : cursors.give(page.cursor),
          unreadable: page.unreadable,
        },
      };
    },

    async look(request, key) {
      const stored = await found(request, actor(key));
      const etag = etagFor(stored.etag);
      if (isKnown(request.headers['if-none-match'], etag)) return { status: 304, headers: { etag } };
      return shown(stored);
    },

    async move(request, key) {
      const condition = request.headers['if-match'];
      if (condition === undefined)
        throw new Problem(428, 'no_etag', 'An If-Match with the etag of the request is needed');
      const { to, reason } = parseBody(transitionSchema, await readJson(request, MAX_BODY_BYTES));
      const by = actor(key);
      const stored = await found(request, by);
      const stale = () => new Problem(412, 'stale', 'The request has changed since it was read');
      if (!matches(condition, etagFor(stored.etag))) throw stale();
      const why = reason === undefined ? undefined : maskPersonalNumbers(reason).text;
      try {
        return shown(await office.move(stored, to, by, why));
      } catch (error) {
        if (error instanceof EtagMismatch) throw stale();
        if (!(error instanceof TransitionError)) throw error;
        const next = allowedNext(error.from);
        const fault = next.includes(to) ? 'cannot be done so' : `may be ${next.join(', ') || 'nothing more'}`;
        throw new Problem(409, 'no_such_step', error.message, [{ at: '/to', fault }]);
      }
    },

    async hand(request, key) {
      const format = formats.find((each) => each === request.params.format);
      if (!format) throw new Problem(404, 'not_found', `The formats are ${formats.join(', ')}`);
      const by = actor(key);
      const { ticket } = await found(request, by);
      try {
        const { contentType, body } = exportTicket(ticket, format, exports, content, clock());
        await note(by, 'ticket.export', ticket.id, { format });
        return { status: 200, body, headers: { 'content-type': contentType } };
      } catch (error) {
        if (!(error instanceof CannotCarry)) throw error;
        throw new Problem(422, 'cannot_carry', error.message);
      }
    },
  };
}

function shown({ ticket, etag }: StoredTicket): Answer {
  return { status: 200, body: requestJsonOf(ticket), headers: { etag: etagFor(etag) } };
}

function actor({ id }: ApiKey): Actor {
  return { id: `api:${id}`, role: 'api' };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
