/** Something that has been said, as it is kept for whoever reads the conversation. */
export interface TranscriptEntry {
  /** Names the entry within its conversation: what is there already is not added again. */
  id: string;
  /** What a reader gets, as JSON. */
  body: unknown;
  /** Whether readers get it: that somebody came is kept, and not read. */
  isShown: boolean;
  /** Whether it is a person's and nobody has answered it yet. */
  awaitsAnswer: boolean;
}

/** An entry in its place. */
export interface PlacedEntry extends TranscriptEntry {
  /**
   * Grows along the conversation and never starts again, not even after it has been forgotten: milliseconds since
   * 1970 where time has passed since the entry before, else one more than that entry's.
   */
  position: number;
}

/** When something is added, and until when the whole conversation is then kept. */
export interface Keeping {
  now: Date;
  expires: Date;
}

/** How far a conversation has come; zeros where there is none. */
export interface Extent {
  entries: number;
  /** The position of the last entry. */
  last: number;
}

/** What has been said in conversations, in order. What is added is durable before it is acknowledged. */
export interface TranscriptStore {
  /** Adds the entries that are not there yet, and with them marks the entry `answers` as answered: all or nothing. */
  append(
    conversation: string,
    entries: readonly TranscriptEntry[],
    keeping: Keeping & { answers?: string },
  ): Promise<void>;
  /** What readers get after a position, oldest first, at most `limit`. */
  read(conversation: string, after: number, limit: number, now: Date): Promise<readonly PlacedEntry[]>;
  find(conversation: string, id: string, now: Date): Promise<PlacedEntry | null>;
  extent(conversation: string, now: Date): Promise<Extent>;
  /** Everything in all conversations that awaits its answer, oldest first. */
  unanswered(now: Date): Promise<readonly { conversation: string; entry: PlacedEntry }[]>;
  forget(conversation: string): Promise<void>;
  /** Deletes the conversations that have expired and says how many they were. */
  purge(now: Date): Promise<number>;
}
