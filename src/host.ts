import { memoryConversations } from './adapters/memory/memory-conversations.ts';
import { memoryStores } from './adapters/memory/memory-stores.ts';
import type { Assistant } from './conversation/assistant.ts';
import type { ConversationStore, Host } from './conversation/converse.ts';
import type { Stores } from './open-stores.ts';
import { type Confirmations, confirmationsIn } from './tickets/confirmation.ts';
import { type Office, officeOf } from './tickets/office.ts';
import { ownersOf } from './tickets/owners.ts';
import { type Pace, paceIn } from './tickets/pace.ts';

/** What conversations are held with, and what stands behind it. */
export interface HostParts {
  assistant: Assistant;
  conversations: ConversationStore;
  stores: Pick<Stores, 'tickets' | 'documents' | 'lessons' | 'audit'>;
  /** What ids and codes are derived from. */
  secret: Uint8Array;
  clock(): Date;
  /** A ticket that has ended is shown for so many days more. */
  closedDays: number;
  /** Told of work that nobody waited for and that failed: the name of the error alone. */
  failed?: ((failure: { error: string }) => void) | undefined;
}

/** What stands behind conversations and pages besides the host itself. */
export interface Behind {
  office: Office;
  confirmations: Confirmations;
  pace: Pace;
  /** Waits for the work that was left for later. */
  settled(): Promise<void>;
}

/** A host that keeps everything in memory: it is gone with the process. */
export function memoryHost(assistant: Assistant, changes: Partial<HostParts> = {}): Host & Behind {
  return hostOf({
    assistant,
    conversations: memoryConversations(),
    stores: memoryStores(),
    secret: new Uint8Array(32),
    clock: () => new Date(),
    closedDays: 30,
    ...changes,
  });
}

/** Puts a host together, with the office and the codes that its pages share. */
export function hostOf(parts: HostParts): Host & Behind {
  const { assistant, conversations, stores, secret, clock, closedDays } = parts;
  const { tickets, documents, lessons, audit } = stores;
  const office = officeOf(tickets, audit, clock);
  const confirmations = confirmationsIn(documents, secret);
  const { content } = assistant;
  const pace = paceIn(documents, secret);
  const owners = ownersOf({ tickets, office, confirmations, pace, content, closedDays });
  const underWay = new Set<Promise<unknown>>();
  return {
    assistant,
    conversations,
    tickets,
    lessons,
    owners,
    office,
    confirmations,
    pace,
    later(work) {
      const ended = work
        .catch((error: unknown) => parts.failed?.({ error: error instanceof Error ? error.name : 'unknown' }))
        .finally(() => underWay.delete(ended));
      underWay.add(ended);
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}
