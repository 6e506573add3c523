/** The WebSockets that this page has open. */
export interface Sockets {
  /** Tells whenever one opens or closes whether any is open. */
  follow(changed: (isOpen: boolean) => void): void;
  /** Closes those that are open, which makes a client that uses them connect anew. */
  closeAll(): void;
}

/** Watches the WebSockets that are made from now on: the Direct Line client says nothing while it reconnects. */
export function watchSockets(): Sockets {
  const open = new Set<WebSocket>();
  const followers: ((isOpen: boolean) => void)[] = [];
  const tell = () => {
    for (const follower of followers) follower(open.size > 0);
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('open', () => {
        open.add(this);
        tell();
      });
      this.addEventListener('close', () => {
        open.delete(this);
        tell();
      });
    }
  };
  return {
    follow: (changed) => followers.push(changed),
    closeAll: () => {
      for (const socket of open) socket.close();
    },
  };
}
