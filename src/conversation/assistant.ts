import type { Content } from '../content/content.ts';
import type { Minted } from '../tickets/ticket-number.ts';
import type { Understanding } from '../understanding/understand.ts';

/** What `respond` leans on; all of it fixed at start. */
export interface Assistant {
  content: Content;
  understanding: Understanding;
  /** Ids for the ticket of a request: the same for the same key, and not to be guessed without the secret. */
  mint(key: string): Minted;
}
