/** The etag of a stored ticket as HTTP has it. A store's own may hold anything, quotes too. */
export function etagFor(stored: string): string {
  return `"${Buffer.from(stored).toString('base64url')}"`;
}

/** Whether an If-Match header names this etag (RFC 9110, 13.1.1): any, or one of a list; a weak one never. */
export function matches(header: string, etag: string): boolean {
  return header.trim() === '*' || header.split(',').some((each) => each.trim() === etag);
}

/** Whether an If-None-Match header names this etag; a proxy that compresses may have made it a weak one. */
export function isKnown(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}
