import type { IncomingMessage } from 'node:http';

/** What has just been done with a ticket, kept by the browser until its page has told it: once, not at each reload. */
export interface ToldOnce {
  /** The header that leaves word for the ticket's page. */
  leave(number: string, what: string): string;
  read(request: IncomingMessage): string | null;
  /** The header that takes it away. */
  clear(number: string): string;
}

const SECONDS = 120;

/** `isSecure` where the desk is reached over https. */
export function toldOnce(isSecure: boolean): ToldOnce {
  const name = isSecure ? '__Secure-desk-done' : 'desk-done';
  const set = (number: string, what: string, seconds: number) =>
    `${name}=${what}; Path=/desk/ticket/${number}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`;
  return {
    leave: (number, what) => set(number, what, SECONDS),
    read(request) {
      const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
      const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
      return value && /^[a-z.]{1,40}$/.test(value) ? value : null;
    },
    clear: (number) => set(number, '', 0),
  };
}
