/** What the page tells its script (src/adapters/http/chat-page.ts writes it). */
export interface Settings {
  locale: 'sv' | 'en';
  texts: Record<string, string>;
  color: string;
  /** Where tokens are given out, and Direct Line is, unless a token names another domain. */
  directLine: string;
  webChat: string;
  /** What the page's CSP lets through; the browser gives it to scripts alone. */
  nonce: string;
  /** The origins of the pages that may hold the chat in a frame. */
  origins: string[];
}

/** Reads the settings out of the page. */
export function readSettings(): Settings {
  const given = JSON.parse(document.getElementById('settings')?.textContent ?? '') as Omit<Settings, 'nonce'>;
  return { ...given, nonce: (document.currentScript as HTMLScriptElement).nonce };
}
