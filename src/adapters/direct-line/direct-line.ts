import type { Server as HttpServer } from 'node:http';
import type { TranscriptStore } from '../../conversation/transcript-store.ts';
import { conversationsOf, type FailedTurn, type Hear } from './conversations.ts';
import { endpoints } from './endpoints.ts';
import { type DirectLineLimits, defaultLimits } from './limits.ts';
import { streamsOf } from './streams.ts';
import { tokensFrom } from './tokens.ts';
import { streamUpgrades } from './upgrade.ts';

export interface DirectLineParts {
  transcripts: TranscriptStore;
  hear: Hear;
  /** What the tokens' keys are derived from, at least 32 bytes. */
  secret: Uint8Array;
  clock: () => Date;
  /** The origins of the pages that may talk to the bot, as browsers write them. */
  origins: () => readonly string[];
  /** The address people reach the service at, or null: then streams are given out on this machine only. */
  publicUrl: string | null;
  /** How long a conversation is kept after the last thing said in it. */
  hours: number;
  limits?: DirectLineLimits;
  log?: (failed: FailedTurn) => void;
}

/** A Direct Line 3.0 service of our own: what botframework-directlinejs and Web Chat need, without Azure. */
export function directLine(parts: DirectLineParts) {
  const { transcripts, hear, secret, clock, origins, publicUrl, hours, limits = defaultLimits, log } = parts;
  const tokens = tokensFrom(secret, clock);
  const streams = streamsOf(transcripts, clock, limits.streams);
  const conversations = conversationsOf({
    transcripts,
    streams,
    hear,
    clock,
    hours,
    maxEntries: limits.entries,
    log,
  });
  const upgrades = streamUpgrades({ tokens, streams, origins, limits: limits.streams });
  const routes = endpoints({ tokens, conversations, transcripts, clock, origins, publicUrl, limits, log });

  return {
    routes,
    /** Takes the streams; once, on the server that has the routes. */
    attach: (server: HttpServer) => upgrades.attach(server),
    recover: () => conversations.recover(),
    /** Forgets a conversation by the bot's name for it, `directline/<id>`; those of other channels are not here. */
    async forget(conversation: string): Promise<void> {
      const [channel, id] = conversation.split('/', 2);
      if (channel === 'directline' && id) await conversations.forget(id);
    },
    /** Closes the streams and waits for the turns under way. */
    async close(): Promise<void> {
      upgrades.close();
      await conversations.settle();
      streams.close();
    },
  };
}
