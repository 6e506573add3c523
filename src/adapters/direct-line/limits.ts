import type { Rate } from './bucket.ts';
import type { StreamLimits } from './streams.ts';

/** What anybody may use of the service at most. */
export interface DirectLineLimits {
  /** New tokens for one address: an office of people behind one address comes at once, and then no more. */
  tokens: Rate;
  /** What one person may send. Nobody types faster. */
  activities: Rate;
  streams: StreamLimits;
  /** Entries in one conversation, those of the bot counted. */
  entries: number;
  bodyBytes: number;
}

export const defaultLimits: DirectLineLimits = {
  tokens: { perSecond: 1, burst: 60 },
  activities: { perSecond: 2, burst: 20 },
  streams: { perConversation: 5, perAddress: 200, inAll: 2000, pingMs: 25_000 },
  entries: 5000,
  bodyBytes: 256 * 1024,
};
