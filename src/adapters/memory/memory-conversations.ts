import { ConversationConflict, type ConversationStore } from '../../conversation/converse.ts';

/** Conversations in memory: for the terminal and for tests. */
export function memoryConversations(): ConversationStore {
  const conversations = new Map<string, { value: string; etag: string }>();
  let saves = 0;
  return {
    async load(conversation) {
      const found = conversations.get(conversation);
      return found ? { value: JSON.parse(found.value), etag: found.etag } : null;
    },
    async save(conversation, value, etag) {
      if ((conversations.get(conversation)?.etag ?? null) !== etag) throw new ConversationConflict();
      saves += 1;
      conversations.set(conversation, { value: JSON.stringify(value), etag: String(saves) });
    },
    async forget(conversation) {
      conversations.delete(conversation);
    },
  };
}
