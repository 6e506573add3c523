import type { Content } from '../../content/content.ts';
import type { PageFiles } from '../../pages/page-files.ts';
import type { AuditLog } from '../../tickets/audit.ts';
import type { Office } from '../../tickets/office.ts';
import type { DocumentStore, TicketStore } from '../../tickets/ticket-store.ts';
import type { LinkSignIn } from './link-sign-in.ts';
import type { OpenIdSignIn } from './openid-sign-in.ts';

/** What the desk is made of. */
export interface DeskParts {
  content: Content;
  files: PageFiles;
  office: Office;
  /** To find a ticket by its number, and to count; looks and changes go through the office. */
  tickets: Pick<TicketStore, 'byNumber' | 'find'>;
  audit: AuditLog;
  documents: DocumentStore;
  signIn: OpenIdSignIn | LinkSignIn;
  /** Whether the desk is reached over https. */
  isSecure: boolean;
  clock: () => Date;
  /** Told when a request could not be answered: the name of the error alone. */
  failed: (failure: object) => void;
}
