// What each page may do, kept to what it needs. Styles and scripts come from our own files alone, never inline.
const policy = (more: readonly string[]) =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    ...more,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const common = {
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
};

/** The headers of a page for everybody: asked for anew each time, sent anew only where it has changed. */
export const readingHeaders = {
  ...common,
  'cache-control': 'no-cache',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'content-security-policy': policy(["frame-ancestors 'self'"]),
};

/** The headers of a page for everybody that has the chat on it. */
export const chattingHeaders = {
  ...readingHeaders,
  'content-security-policy': policy([
    "script-src 'self'",
    "frame-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'self'",
  ]),
};

/** The headers of a page that only its owner should see: kept nowhere, told to nobody, and running nothing. */
export const privateHeaders = {
  ...common,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': policy(["frame-ancestors 'none'"]),
  'x-robots-tag': 'noindex',
};
