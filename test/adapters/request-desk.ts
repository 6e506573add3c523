import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestParts } from '../../src/adapters/http/request-parts.ts';
import { requestRoutes } from '../../src/adapters/http/request-routes.ts';
import { memoryAudit } from '../../src/adapters/memory/memory-audit.ts';
import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { readContent } from '../../src/content/content.ts';
import { ROOT } from '../../src/paths.ts';
import type { AuditLog } from '../../src/tickets/audit.ts';
import { type Confirmations, confirmationsIn, type Door } from '../../src/tickets/confirmation.ts';
import { officeOf } from '../../src/tickets/office.ts';
import { ownersOf } from '../../src/tickets/owners.ts';
import { paceIn } from '../../src/tickets/pace.ts';
import { receiptSigner } from '../../src/tickets/signed-receipt.ts';
import { mintFrom } from '../../src/tickets/ticket-number.ts';
import { serve } from './some-server.ts';

/** The request pages on a server of their own, with a clock that can be set. */
export interface RequestDesk {
  at: string;
  parts: RequestParts;
  audit: AuditLog;
  confirmations: Confirmations;
  /** The ids of the tickets that codes were sent for. */
  sent: string[];
  /** What went wrong. */
  failures: object[];
  /** The code that was sent for a ticket and holds now. */
  codeOf(ticketId: string, door: Door): Promise<string>;
  setClock(instant: string): void;
  close(): Promise<void>;
}

const secret = new Uint8Array(32).fill(7);
const content = readContent(ROOT);
const { privateKey } = generateKeyPairSync('ed25519');

export async function requestDesk(changes: Partial<RequestParts> = {}): Promise<RequestDesk> {
  let now = new Date('2026-01-31T09:00:00Z');
  const clock = () => now;
  const [tickets, documents, audit] = [memoryTickets(), memoryDocuments(), memoryAudit()];
  const confirmations = confirmationsIn(documents, secret);
  const office = officeOf(tickets, audit, clock);
  const owners = ownersOf({
    tickets,
    office,
    confirmations,
    pace: paceIn(documents, secret),
    content,
    closedDays: 30,
  });
  const sent: string[] = [];
  const failures: object[] = [];
  const parts: RequestParts = {
    content,
    files: { url: (name) => `/assets/${name}` },
    tickets,
    office,
    documents,
    owners: {
      ...owners,
      async sendCode(ticket, door, at) {
        const isSent = await owners.sendCode(ticket, door, at);
        if (isSent) sent.push(ticket.id);
        return isSent;
      },
    },
    mint: mintFrom(secret),
    receipts: receiptSigner(privateKey),
    secret,
    clock,
    address: () => null,
    form: 'own',
    later: (work) => void work.catch((error: unknown) => failures.push({ error })),
    log: (failure) => failures.push(failure),
    ...changes,
  };
  const css = readFileSync(join(ROOT, 'src', 'browser', 'site.css'));
  const server = await serve(requestRoutes(parts), (server) =>
    server.get('/assets/site.css', (_request, response, next) => {
      response.sendRaw(200, css, { 'content-type': 'text/css' });
      next(false);
    }),
  );
  const setClock = (instant: string) => {
    now = new Date(instant);
  };
  const codeOf = async (ticketId: string, door: Door) => {
    const address = (await tickets.byId(ticketId))?.ticket.slots.email ?? '';
    return (await confirmations.codeOf({ ticketId, address, door }, now)) ?? '';
  };
  return { ...server, parts, audit, confirmations, sent, failures, codeOf, setClock };
}

/** Somebody with a browser that keeps cookies and runs no script. */
export class Person {
  readonly at: string;
  readonly cookies = new Map<string, string>();
  /** The page they are on. */
  html = '';
  status = 0;
  path = '';
  headers = new Headers();

  constructor(at: string) {
    this.at = at;
  }

  /** Goes to an address of the service. */
  async go(path: string, init: RequestInit = {}): Promise<this> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(path, this.at), {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...(init.headers as Record<string, string>) },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([\w-]+)=([^;]*)/.exec(line) ?? [];
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    const to = answer.headers.get('location');
    const html = await answer.text();
    if (answer.status === 303 && to) return this.go(to);
    Object.assign(this, { status: answer.status, html, path, headers: answer.headers });
    return this;
  }

  /** Presses a button of the form that goes to `action`, with fields changed. */
  async send(action: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
    const body = new URLSearchParams({ ...this.fields(action), ...fields });
    return this.go(action, { method: 'POST', body, headers });
  }

  /** Presses the button, outside of the form that goes to `action`, that shows it in the other language. */
  async switchLanguage(action: string, fields: Record<string, string> = {}) {
    const button = /<button [^>]*class="language"[^>]*>/.exec(this.html)?.[0] ?? '';
    const to = unescapeHtml(/formaction="([^"]*)"/.exec(button)?.[1] ?? '');
    const act = / value="([^"]*)"/.exec(button)?.[1] ?? '';
    const body = new URLSearchParams({ ...this.fields(action), ...fields, act });
    return this.go(to, { method: 'POST', body });
  }

  /** What stands in the form that goes to `action`. */
  fields(action: string): Record<string, string> {
    const [, ...forms] = this.html.split('<form ');
    const form = forms.find((part) => part.includes(` action="${action}"`)) ?? '';
    const own = form.split('</form>')[0] ?? '';
    const found: Record<string, string> = {};
    for (const [, tag = ''] of own.matchAll(/<input ([^>]*)>/g)) {
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      if (name) found[name] = unescapeHtml(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
    }
    for (const [, name = '', value = ''] of own.matchAll(/<textarea [^>]*name="(\w+)"[^>]*>\n([^<]*)</g))
      found[name] = unescapeHtml(value);
    for (const [, name = '', options = ''] of own.matchAll(
      /<select [^>]*name="(\w+)"[^>]*>([\s\S]*?)<\/select>/g,
    ))
      found[name] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? '';
    return found;
  }

  /** The page as words. */
  get text(): string {
    return unescapeHtml(this.html.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
  }
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
