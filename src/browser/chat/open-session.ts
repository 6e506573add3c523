import { dropSession, keepSession, keptSession, type Session, sessionIn } from './session.ts';
import type { Settings } from './settings.ts';

/** How a conversation began: `resumed` goes on, `renewed` replaces one that had ended. */
export interface Opened {
  session: Session;
  began: 'new' | 'resumed' | 'renewed';
}

/** Goes on with this tab's conversation where its token is still taken, else gets one for a new. Rejects without a network. */
export async function openSession(settings: Settings): Promise<Opened> {
  const kept = keptSession();
  if (kept) {
    const token = await refresh(kept, settings);
    if (token) {
      const session = { ...kept, token };
      keepSession(session);
      return { session, began: 'resumed' };
    }
    dropSession();
  }
  const response = await post(`${settings.directLine}/tokens/generate`, {
    body: { locale: settings.locale },
  });
  const session = response.ok ? sessionIn(await response.json()) : null;
  if (!session) throw new Error('no token was given');
  return { session, began: kept ? 'renewed' : 'new' };
}

/** A fresh token for a kept conversation; null where the old one is refused. */
async function refresh({ token, domain }: Session, settings: Settings): Promise<string | null> {
  const response = await post(`${domain ?? settings.directLine}/tokens/refresh`, { token });
  if (response.ok) return sessionIn(await response.json())?.token ?? null;
  if (response.status >= 500 || response.status === 429) throw new Error('no token for now');
  return null;
}

function post(address: string, { body, token }: { body?: object; token?: string }): Promise<Response> {
  return fetch(address, {
    method: 'POST',
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}
