import type { Sockets } from './sockets.ts';
import type { StatusLine } from './status-line.ts';
import { type DirectLine, status } from './web-chat.ts';

/** What may become of a connection. */
export interface Turns {
  online: () => void;
  /** The conversation has ended, or its token is no longer taken. */
  ended: () => void;
  /** It cannot be made. */
  failed: () => void;
}

/** Says in the status line how the connection is. */
export function followConnection(
  directLine: DirectLine,
  sockets: Sockets,
  line: StatusLine,
  turns: Turns,
): void {
  let now = status.uninitialized;
  let hasStream = false;
  let hadStream = false;
  const tell = () => {
    const isOver = now === status.expiredToken || now === status.ended;
    if (isOver && hadStream) turns.ended();
    else if (isOver || now === status.failedToConnect) turns.failed();
    else if (!navigator.onLine) line.connection('chat.offline');
    else if (hasStream) line.connection(null);
    else line.connection(hadStream ? 'chat.reconnecting' : 'chat.connecting');
  };
  sockets.follow((isOpen) => {
    hasStream = isOpen;
    hadStream ||= isOpen;
    tell();
  });
  directLine.connectionStatus$.subscribe((next) => {
    now = next;
    if (next === status.online) turns.online();
    tell();
  });
  addEventListener('offline', tell);
  addEventListener('online', () => {
    // A socket from before may be dead without knowing it; a new one fetches what was missed.
    sockets.closeAll();
    tell();
  });
}
