/** A conversation of this tab, as it is kept to go on after a reload. */
export interface Session {
  token: string;
  conversationId: string;
  /** Direct Line's address, where it is not our own. */
  domain: string | undefined;
  savedAt: number;
}

const KEY = 'sekretessassistenten';

/** Keeps the session while the tab lives. Without storage (some browsers bar it in frames) it does not outlive a reload. */
export function keepSession(session: Omit<Session, 'savedAt'>): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...session, savedAt: Date.now() }));
  } catch {
    // Nothing kept: the next reload starts a new conversation.
  }
}

/** The session kept in this tab, or null. */
export function keptSession(): Session | null {
  try {
    return sessionIn(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
  } catch {
    return null;
  }
}

/** Deletes what is kept in this tab. */
export function dropSession(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There was nothing to delete.
  }
}

/** The session in what storage or a server gave, or null where it holds none. */
export function sessionIn(given: unknown): Session | null {
  if (typeof given !== 'object' || given === null) return null;
  const { token, conversationId, domain, savedAt } = given as Record<string, unknown>;
  if (typeof token !== 'string' || typeof conversationId !== 'string') return null;
  return {
    token,
    conversationId,
    domain: typeof domain === 'string' ? domain : undefined,
    savedAt: typeof savedAt === 'number' ? savedAt : Date.now(),
  };
}
