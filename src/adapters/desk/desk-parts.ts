import type { Content } from '../../content/content.ts';
import type { Assistant } from '../../conversation/assistant.ts';
import type { Format } from '../../exports/cannot-carry.ts';
import type { Exported } from '../../exports/export-ticket.ts';
import type { PageFiles } from '../../pages/page-files.ts';
import type { AuditLog } from '../../tickets/audit.ts';
import type { Office } from '../../tickets/office.ts';
import type { Ticket } from '../../tickets/ticket.ts';
import type { DocumentStore, TicketStore } from '../../tickets/ticket-store.ts';
import type { LinkSignIn } from './link-sign-in.ts';
import type { OpenIdSignIn } from './openid-sign-in.ts';

/** What the desk is made of. */
export interface DeskParts {
  content: Content;
  files: PageFiles;
  office: Office;
  /** To find tickets, to count and to file them; looks and changes go through the office. */
  tickets: Pick<TicketStore, 'byId' | 'byNumber' | 'count' | 'create' | 'find'>;
  mint: Assistant['mint'];
  /** A ticket in a format. @throws {CannotCarry} where the format cannot say what is asked, or is not in use. */
  export: (ticket: Ticket, format: Format) => Exported;
  audit: AuditLog;
  documents: DocumentStore;
  signIn: OpenIdSignIn | LinkSignIn;
  /** Whether the desk is reached over https. */
  isSecure: boolean;
  clock: () => Date;
  /** Told when a request could not be answered: the name of the error alone. */
  failed: (failure: object) => void;
}
