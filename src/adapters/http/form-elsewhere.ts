import { inLanguage } from '../../pages/site-page.ts';
import { formUrl } from '../../tickets/form-url.ts';
import { notThere } from './page-fault.ts';
import { privatePages } from './private-pages.ts';
import { choosePage } from './request-form-page.ts';
import type { RequestParts } from './request-parts.ts';
import type { Routes } from './service.ts';

/** The routes of `/request` where requests are filled in in the chat alone: they lead there. */
export function chatOnlyRoutes(parts: RequestParts): Routes {
  return (server, throttle) => {
    const pages = privatePages(server, throttle, parts);
    for (const path of ['/request', '/request/new/:type'])
      pages.get(path, async ({ locale }) => ({ to: inLanguage('/chat', locale) }));
  };
}

/** The routes of `/request` where the form is somebody else's: what is wanted is asked here, the rest there. */
export function formElsewhereRoutes(template: string, parts: RequestParts): Routes {
  return (server, throttle) => {
    const pages = privatePages(server, throttle, parts);
    pages.get('/request', async ({ locale }) => ({
      locale,
      path: '/request',
      ...choosePage(parts.content, locale),
    }));
    pages.get('/request/new/:type', async ({ params }) => {
      const type = parts.content.requests.get(params.type ?? '');
      if (!type) throw notThere();
      return { to: formUrl(template, type.id, {}) };
    });
  };
}
