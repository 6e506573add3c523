import type { TranscriptEntry, TranscriptStore } from '../../conversation/transcript-store.ts';
import { heard, replyEntries, type Sent, sentEntry, startEntry } from './activity.ts';
import { Refusal } from './refusal.ts';
import type { Streams } from './streams.ts';
import type { Bearer } from './tokens.ts';

/** The bot, in process: takes a person's complete activity and gives its own, in order. */
export type Hear = (activity: object) => Promise<readonly object[]>;

/** What became of an activity that the bot could not answer; never what it says. */
export interface FailedTurn {
  activity: string;
  error: string;
}

export interface ConversationParts {
  transcripts: TranscriptStore;
  streams: Streams;
  hear: Hear;
  clock: () => Date;
  /** How long a conversation is kept after the last thing said in it. */
  hours: number;
  /** Entries in one conversation: what one person can make us keep must have an end. */
  maxEntries: number;
  log?: ((failed: FailedTurn) => void) | undefined;
}

const HOUR_MS = 3_600_000;

/** Conversations as they run: each one's activities are handled one after the other, in the order they came. */
export function conversationsOf(parts: ConversationParts) {
  const { transcripts, streams, hear, clock, hours, maxEntries, log } = parts;
  const turns = new Map<string, Promise<void>>();
  const toForget = new Set<string>();
  const keeping = (now = clock()) => ({ now, expires: new Date(now.getTime() + hours * HOUR_MS) });

  const inTurn = <Result>(conversation: string, work: () => Promise<Result>): Promise<Result> => {
    const done = (turns.get(conversation) ?? Promise.resolve()).then(work);
    const settled = done
      .catch(() => {})
      .then(() => (toForget.delete(conversation) ? forgetNow(conversation) : undefined))
      .catch((error: unknown) => log?.({ activity: conversation, error: nameOf(error) }))
      .then(() => {
        if (turns.get(conversation) === settled) turns.delete(conversation);
      });
    turns.set(conversation, settled);
    return done;
  };

  const forgetNow = async (conversation: string): Promise<void> => {
    await transcripts.forget(conversation);
    streams.finish(conversation);
  };

  const answer = async (conversation: string, entry: TranscriptEntry): Promise<void> => {
    let replies: readonly object[];
    try {
      replies = await hear(heard(entry));
    } catch (error) {
      log?.({ activity: entry.id, error: nameOf(error) });
      throw new Refusal(
        502,
        'The assistant could not answer just now; the same activity may be sent again',
        1,
      );
    }
    const said = replyEntries(conversation, entry, replies, clock());
    if (toForget.delete(conversation)) {
      // What was said is gone before the last words are added, which must still come after what readers have read.
      const { last } = await transcripts.extent(conversation, clock());
      await transcripts.forget(conversation);
      await transcripts.append(conversation, said, keeping(new Date(Math.max(clock().getTime(), last + 1))));
      streams.finish(conversation);
      return;
    }
    await transcripts.append(conversation, said, { ...keeping(), answers: entry.id });
    streams.wake(conversation);
  };

  const answerIfAwaited = async (conversation: string, id: string): Promise<void> => {
    const entry = await transcripts.find(conversation, id, clock());
    if (entry?.awaitsAnswer) await answer(conversation, entry);
  };

  return {
    /** Begins the bearer's conversation unless it has begun, and says whether. The greeting follows by itself. */
    async begin(bearer: Bearer, locale: string | undefined): Promise<boolean> {
      const { conversation } = bearer;
      const entry = startEntry(bearer, locale ?? bearer.locale, clock());
      const isNew = inTurn(conversation, async () => {
        const { entries } = await transcripts.extent(conversation, clock());
        if (entries === 0) await transcripts.append(conversation, [entry], keeping());
        return entries === 0;
      });
      // In its own turn at once, before anything that the person may send; a failure is told to the log.
      inTurn(conversation, () => answerIfAwaited(conversation, entry.id)).catch(() => {});
      return isNew;
    },

    /**
     * Keeps what a person sent, lets the bot answer it, and gives its id. Sent again it is the same activity.
     * @throws {Refusal} 502 where the bot fails: it then stays unanswered; 409 where the conversation is full.
     */
    take(bearer: Bearer, sent: Sent): Promise<string> {
      const { conversation } = bearer;
      return inTurn(conversation, async () => {
        const entry = sentEntry(sent, bearer, clock());
        if (!(await transcripts.find(conversation, entry.id, clock()))) {
          const { entries } = await transcripts.extent(conversation, clock());
          if (entries >= maxEntries)
            throw new Refusal(409, 'This conversation is full; please start a new one');
          await transcripts.append(conversation, [entry], keeping());
          streams.wake(conversation);
        }
        await answerIfAwaited(conversation, entry.id);
        return entry.id;
      });
    },

    /** Answers what was kept and not answered before the service ended. One that fails again is left for next time. */
    async recover(): Promise<void> {
      for (const { conversation, entry } of await transcripts.unanswered(clock()))
        await inTurn(conversation, () => answerIfAwaited(conversation, entry.id)).catch(() => {});
    },

    /** Forgets at once, or where a turn is under way when its answer has been said: that alone is then kept. */
    async forget(conversation: string): Promise<void> {
      if (turns.has(conversation)) toForget.add(conversation);
      else await forgetNow(conversation);
    },

    /** Waits for the turns under way. */
    async settle(): Promise<void> {
      await Promise.all(turns.values());
    },
  };
}

export type Conversations = ReturnType<typeof conversationsOf>;

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
