import { type Links, noPages } from './conversation/render.ts';
import { inLanguage } from './pages/site-page.ts';

/** Where the service is reached, which on this machine is known once the port is open. */
export interface Addresses {
  /** The service's own address, or null as long as it is not known. */
  own(): string | null;
  links: Links;
  /** The origins of our own pages. */
  origins(): readonly string[];
  /** Takes the port that was opened on this machine. */
  opened(port: number): void;
}

/** In front of the network (`isLocal` false) the address must be told: a caller's word for it is not taken. */
export function addressesOf(publicUrl: string | null, isLocal: boolean): Addresses {
  let own = publicUrl;
  let origins = publicUrl ? [new URL(publicUrl).origin] : [];
  const at = (path: string) => (own ? new URL(path, own).href : null);
  return {
    own: () => own,
    origins: () => origins,
    links: {
      passage: (id, locale) => at(`${inLanguage('/notice', locale)}#${id}`) ?? noPages.passage(id, locale),
      find: (locale) => at(inLanguage('/request/find', locale)) ?? noPages.find(locale),
      ticket: (token) => at(`/request/${token}`),
    },
    opened(port) {
      if (!isLocal) return;
      own ??= `http://127.0.0.1:${port}`;
      origins = [...origins, ...['127.0.0.1', 'localhost', '[::1]'].map((name) => `http://${name}:${port}`)];
    },
  };
}
