import type { IncomingMessage } from 'node:http';

/** A cookie of the desk: sent to it alone, over https where there is https, and never to a script. */
export interface Cookie {
  read(request: IncomingMessage): string | null;
  /** The header that sets it for so many seconds. */
  set(value: string, seconds: number): string;
  /** The header that takes it away. */
  clear(): string;
}

/** A cookie by its name; `isSecure` where the desk is reached over https. */
export function cookieOf(name: string, isSecure: boolean): Cookie {
  const full = isSecure ? `__Secure-${name}` : name;
  const set = (value: string, seconds: number) =>
    `${full}=${value}; Path=/desk; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`;
  return {
    read(request) {
      const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
      const value = pairs.find((pair) => pair.startsWith(`${full}=`))?.slice(full.length + 1);
      return value && /^[\w-]{43}$/.test(value) ? value : null;
    },
    set,
    clear: () => set('', 0),
  };
}
