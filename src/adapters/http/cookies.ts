import type { IncomingMessage } from 'node:http';

/** A cookie of the request pages. */
export interface Cookie {
  name: string;
  value: string;
  seconds: number;
}

/** The value of a cookie that we have set (base64url), or null. */
export function readCookie(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=');
    if (key === name && /^[\w-]{22}$/.test(value)) return value;
  }
  return null;
}

/** The header that sets a cookie: no script reads it, no other site's page sends it, and only these pages get it. */
export function setCookie({ name, value, seconds }: Cookie, isHttps: boolean): string {
  const secure = isHttps ? '; Secure' : '';
  return `${name}=${value}; Path=/request; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`;
}
