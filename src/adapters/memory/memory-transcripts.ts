import type { PlacedEntry, TranscriptStore } from '../../conversation/transcript-store.ts';

/** Transcripts in memory: for tests. Nothing survives the process. */
export function memoryTranscripts(): TranscriptStore {
  const conversations = new Map<string, { expires: Date; entries: PlacedEntry[] }>();
  const live = (conversation: string, now: Date): PlacedEntry[] => {
    const found = conversations.get(conversation);
    return found && found.expires > now ? found.entries : [];
  };

  return {
    async append(conversation, added, { now, expires, answers }) {
      const entries = live(conversation, now);
      for (const entry of added) {
        if (entries.some(({ id }) => id === entry.id)) continue;
        const position = Math.max((entries.at(-1)?.position ?? 0) + 1, now.getTime());
        entries.push(structuredClone({ ...entry, position }));
      }
      const answered = entries.find(({ id }) => id === answers);
      if (answered) answered.awaitsAnswer = false;
      conversations.set(conversation, { expires, entries });
    },
    async read(conversation, after, limit, now) {
      return live(conversation, now)
        .filter(({ position, isShown }) => isShown && position > after)
        .slice(0, limit)
        .map((entry) => structuredClone(entry));
    },
    async find(conversation, id, now) {
      return structuredClone(live(conversation, now).find((entry) => entry.id === id) ?? null);
    },
    async extent(conversation, now) {
      const entries = live(conversation, now);
      return { entries: entries.length, last: entries.at(-1)?.position ?? 0 };
    },
    async unanswered(now) {
      return [...conversations.keys()]
        .flatMap((conversation) => live(conversation, now).map((entry) => ({ conversation, entry })))
        .filter(({ entry }) => entry.awaitsAnswer)
        .sort((a, b) => a.entry.position - b.entry.position)
        .map((each) => structuredClone(each));
    },
    async forget(conversation) {
      conversations.delete(conversation);
    },
    async purge(now) {
      const expired = [...conversations].filter(([, { expires }]) => expires <= now);
      for (const [conversation] of expired) conversations.delete(conversation);
      return expired.length;
    },
  };
}
