import type { Content } from '../../content/content.ts';
import type { Office } from '../../tickets/office.ts';
import type { Owners } from '../../tickets/owners.ts';
import type { ReceiptSigner } from '../../tickets/signed-receipt.ts';
import type { Minted } from '../../tickets/ticket-number.ts';
import type { DocumentStore, TicketStore } from '../../tickets/ticket-store.ts';
import type { StaticFiles } from './static-files.ts';

/** What the request form and the pages of a ticket are made of. */
export interface RequestParts {
  content: Content;
  files: Pick<StaticFiles, 'url'>;
  tickets: TicketStore;
  office: Office;
  documents: DocumentStore;
  owners: Owners;
  mint(key: string): Minted;
  receipts: ReceiptSigner;
  /** What the tokens in forms are derived from. */
  secret: Uint8Array;
  clock(): Date;
  /** Where people reach the service, once that is known. */
  address(): string | null;
  /** Where requests are filled in: here, in the chat alone, or in a form elsewhere (a template of `formUrl`). */
  form: 'own' | 'chat' | { template: string };
  /** Takes work that nobody waits for. */
  later(work: Promise<unknown>): void;
  /** Told what went wrong: ids and figures only. */
  log(failure: object): void;
}
