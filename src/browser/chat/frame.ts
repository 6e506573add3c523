const NAME = 'sekretess-assistent';

/** The page around the chat, where there is one. */
export interface Frame {
  isFramed: boolean;
  ready(): void;
  close(): void;
}

/**
 * Talks with the widget around this frame. Which origin that is, its first message tells; until then nothing is said
 * but that the chat is ready, which is no secret. The page's frame-ancestors has let in only `origins` anyway.
 */
export function frameAround(origins: readonly string[], opened: () => void): Frame {
  const isFramed = window.parent !== window;
  const allowed = new Set([location.origin, ...origins]);
  let around: string | null = null;
  addEventListener('message', (event) => {
    if (!isFramed || event.source !== window.parent || !allowed.has(event.origin)) return;
    if (event.data !== `${NAME}:opened`) return;
    around = event.origin;
    opened();
  });
  return {
    isFramed,
    ready() {
      if (isFramed) window.parent.postMessage(`${NAME}:ready`, '*');
    },
    close() {
      if (around) window.parent.postMessage(`${NAME}:close`, around);
    },
  };
}
