import { expect } from 'chai';
import { deskRoutes } from '../../src/adapters/desk/desk.ts';
import type { DeskParts } from '../../src/adapters/desk/desk-parts.ts';
import { linkSignIn } from '../../src/adapters/desk/link-sign-in.ts';
import type { Role } from '../../src/adapters/desk/officer.ts';
import { type OpenIdSettings, openIdSignIn } from '../../src/adapters/desk/openid-sign-in.ts';
import { sessionsIn } from '../../src/adapters/desk/sessions.ts';
import type { Routes } from '../../src/adapters/http/service.ts';
import { memoryAudit } from '../../src/adapters/memory/memory-audit.ts';
import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { readContent } from '../../src/content/content.ts';
import { exportTicket } from '../../src/exports/export-ticket.ts';
import { ROOT } from '../../src/paths.ts';
import type { AuditLog } from '../../src/tickets/audit.ts';
import { officeOf } from '../../src/tickets/office.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import { mintFrom } from '../../src/tickets/ticket-number.ts';
import type { DocumentStore, TicketStore } from '../../src/tickets/ticket-store.ts';
import { serve } from '../adapters/some-server.ts';

export const content = readContent(ROOT);

// Our own JSON is the format that needs no settings.
const unset = { fides: null, opendsr: null, drp: null };

/** What a browser that is signed in may do. */
export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<Shown>;
  /** Sends a form; its token is the session's unless another is given. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Shown>;
}

/** An answer, with redirects as they are. */
export interface Shown {
  status: number;
  text: string;
  to: string | null;
  headers: Headers;
}

/** A desk over stores in memory, on a port of its own, on 20 February 2026. */
export interface Desk {
  at: string;
  now: { date: Date };
  tickets: TicketStore;
  documents: DocumentStore;
  audit: AuditLog;
  /** What the console was told. */
  printed: string[];
  failures: object[];
  /** A browser without a session. */
  stranger: Browser;
  /** Somebody who has signed in. */
  officer(role: Role, id?: string): Promise<Browser>;
  file(...tickets: Ticket[]): Promise<void>;
  close(): Promise<void>;
}

export async function someDesk(
  changes: Partial<DeskParts> = {},
  openId: OpenIdSettings | null = null,
  ...more: Routes[]
): Promise<Desk> {
  const now = { date: new Date('2026-02-20T09:00:00Z') };
  const clock = () => now.date;
  const [tickets, documents, audit] = [memoryTickets(), memoryDocuments(), memoryAudit()];
  const [printed, failures]: [string[], object[]] = [[], []];
  let address = 'http://127.0.0.1';
  const signIn = openId
    ? openIdSignIn(openId, documents, () => address, clock)
    : linkSignIn((path) => printed.push(path), clock);
  const routes = deskRoutes({
    content,
    files: { url: (name) => `/assets/${name}` },
    office: officeOf(tickets, audit, clock),
    tickets,
    mint: mintFrom(new Uint8Array(32)),
    export: (ticket, format) => exportTicket(ticket, format, unset, content, clock()),
    audit,
    documents,
    signIn,
    isSecure: false,
    clock,
    failed: (failure) => failures.push(failure),
    ...changes,
  });
  const { at, close } = await serve(routes, ...more);
  address = at;
  const sessions = sessionsIn(documents, clock);
  return {
    at,
    now,
    tickets,
    documents,
    audit,
    printed,
    failures,
    stranger: browser(at, null),
    async officer(role, id = role) {
      const session = await sessions.begin({ id, name: `Officer ${id}`, role });
      return browser(at, session.id);
    },
    async file(...filed) {
      for (const ticket of filed) await tickets.create(ticket, []);
    },
    close,
  };
}

/** A browser with the cookie of a session. */
export function browser(at: string, cookie: string | null): Browser {
  const held: Record<string, string> = cookie ? { cookie: `other=1; desk=${cookie}` } : {};
  const shown = async (response: Response): Promise<Shown> => ({
    status: response.status,
    text: await response.text(),
    to: response.headers.get('location'),
    headers: response.headers,
  });
  const get: Browser['get'] = async (path, headers = {}) =>
    shown(await fetch(`${at}${path}`, { headers: { ...held, ...headers }, redirect: 'manual' }));
  let token: string | null = null;
  return {
    get,
    async post(path, fields, headers = {}) {
      token ??= /name="token" value="([^"]*)"/.exec((await get('/desk/figures')).text)?.[1] ?? '';
      return shown(
        await fetch(`${at}${path}`, {
          method: 'POST',
          headers: { ...held, ...headers },
          body: new URLSearchParams({ token, ...fields }),
          redirect: 'manual',
        }),
      );
    },
  };
}

/** The fields that the form of a ticket sends where a button is pressed: to move it on, to assign, note or identify it. */
export function pressed({ do: what, etag, to = '', text }: Step): Record<string, string> {
  const isChosen = what === 'identify' || (what === 'assign' && !['me', 'nobody'].includes(to));
  return {
    etag,
    do: isChosen || !to ? what : `${what}:${to}`,
    ...(isChosen ? { [what]: to } : {}),
    ...(text === undefined ? {} : { [what === 'note' ? 'text-note' : `text-${to}`]: text }),
  };
}

/** What an officer does with a ticket. */
export interface Step {
  do: string;
  etag: string;
  to?: string;
  text?: string;
}

/** The value of a hidden field of a page. */
export function hidden(page: Shown, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1];
  expect(value, `the field ${name}`).to.be.a('string');
  return value ?? '';
}
