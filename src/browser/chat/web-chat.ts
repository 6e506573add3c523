/** What we use of the Direct Line client inside Web Chat (botframework-directlinejs). */
export interface DirectLine {
  activity$: { subscribe(next: (activity: { from?: { role?: string } }) => void): unknown };
  connectionStatus$: { subscribe(next: (status: number) => void): unknown };
  /** It fetches a new token every quarter of an hour and keeps it here. */
  token: string;
  postActivity(activity: object): { subscribe(next: (id: string) => void, error: () => void): unknown };
  services?: { random: () => number };
}

/** Its connection statuses, by their numbers there. */
export const status = {
  uninitialized: 0,
  connecting: 1,
  online: 2,
  expiredToken: 3,
  failedToConnect: 4,
  ended: 5,
};

/** What we use of Web Chat, which stands on `window` once its script has run. */
export interface WebChat {
  createDirectLine(options: object): DirectLine;
  createStore(state: object, ...middleware: Middleware[]): unknown;
  renderMarkdown(markdown: string, ...more: unknown[]): string;
  renderWebChat(props: object, element: Element): void;
}

type Action = { type: string; payload?: unknown };
type Middleware = () => (next: (action: Action) => unknown) => (action: Action) => unknown;

/** Loads Web Chat. Rejects where the script does not come. */
export function loadWebChat(address: string, nonce: string): Promise<WebChat> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = address;
    script.addEventListener('load', () => resolve((window as unknown as { WebChat: WebChat }).WebChat));
    script.addEventListener('error', () => reject(new Error('Web Chat did not load')));
    document.head.append(script);
  });
}
