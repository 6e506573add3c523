import type { Storage } from 'botbuilder';
import { ConversationConflict, type ConversationStore } from '../../conversation/converse.ts';
import { EtagMismatch } from '../../tickets/ticket-store.ts';
import { NEW } from './bot-storage.ts';

/** Conversations kept in the SDK's Storage, one item each. */
export function conversationsIn(storage: Storage): ConversationStore {
  const keyOf = (conversation: string) => `conversation/${conversation}`;
  return {
    async load(conversation) {
      const key = keyOf(conversation);
      const item = (await storage.read([key]))[key] as { record?: unknown; eTag?: string } | undefined;
      return item?.eTag === undefined ? null : { value: item.record, etag: item.eTag };
    },
    async save(conversation, record, etag) {
      try {
        await storage.write({ [keyOf(conversation)]: { record, eTag: etag ?? NEW } });
      } catch (cause) {
        throw cause instanceof EtagMismatch ? new ConversationConflict({ cause }) : cause;
      }
    },
    async forget(conversation) {
      await storage.delete([keyOf(conversation)]);
    },
  };
}
