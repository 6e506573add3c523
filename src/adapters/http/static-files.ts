import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import { type EncodedBody, etagOf, sendBody } from './encoded-body.ts';
import type { Routes } from './service.ts';

/** What dist/web holds (`files.json`): by logical name, the file with a hash of its content in its name. */
export const webFilesSchema = z.record(
  z.string(),
  z.strictObject({
    file: z.string().regex(/^[\w-]+(?:\.[\w-]+)+$/, 'a name, no path'),
    type: z.string().min(1),
  }),
);

/** The files that browsers load besides the pages. */
export interface StaticFiles {
  /** Where a page finds the file: `url('site.css')`. @throws {RangeError} where there is no such file. */
  url(name: string): string;
  routes: Routes;
}

/** dist/web is not there or not whole. */
export class StaticFilesError extends Error {
  constructor(cause: unknown) {
    super(`The files for browsers in dist/web cannot be read: run npm run build`, { cause });
    this.name = 'StaticFilesError';
  }
}

interface WebFile {
  type: string;
  body: EncodedBody;
}

// The name changes with the content, so what was once fetched is good for ever.
const IMMUTABLE = 'public, max-age=31536000, immutable';
// Other people's pages name /widget.js as it is: a new one must reach them soon.
const SOON = 'public, max-age=300';

/**
 * The files that `src/pack-web.ts` has put into `folder`, read once: a request only chooses among them.
 * @throws {StaticFilesError} where the folder was not made or is not whole.
 */
export function staticFiles(folder: string): StaticFiles {
  const { urls, files } = read(folder);
  return {
    url(name) {
      const url = urls.get(name);
      if (!url) throw new RangeError(`no file ${name} in dist/web: npm run build makes it`);
      return url;
    },
    routes(server, throttle) {
      const send = (request: Request, response: Response, file: WebFile | undefined, keep: string) => {
        if (!file) return response.send(404, { error: 'There is no such file' });
        sendBody(request, response, file.body, {
          'content-type': file.type,
          'cache-control': keep,
          'x-content-type-options': 'nosniff',
          // The widget stands on pages of other origins.
          'cross-origin-resource-policy': 'cross-origin',
        });
      };
      const asset = async (request: Request, response: Response) =>
        send(request, response, files.get(String(request.params.name)), IMMUTABLE);
      const widget = async (request: Request, response: Response) =>
        send(request, response, files.get(urls.get('widget.js')?.slice('/assets/'.length) ?? ''), SOON);
      server.get('/assets/:name', throttle, asset);
      server.head('/assets/:name', throttle, asset);
      server.get('/widget.js', throttle, widget);
      server.head('/widget.js', throttle, widget);
    },
  };
}

function read(folder: string): { urls: Map<string, string>; files: Map<string, WebFile> } {
  try {
    const listed = webFilesSchema.parse(JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8')));
    const urls = new Map<string, string>();
    const files = new Map<string, WebFile>();
    for (const [name, { file, type }] of Object.entries(listed)) {
      urls.set(name, `/assets/${file}`);
      files.set(file, { type, body: readBody(join(folder, file)) });
    }
    return { urls, files };
  } catch (cause) {
    throw new StaticFilesError(cause);
  }
}

function readBody(path: string): EncodedBody {
  const plain = readFileSync(path);
  const [br, gzip] = ['br', 'gz'].map((ending) => {
    const compressed = `${path}.${ending}`;
    return existsSync(compressed) ? readFileSync(compressed) : undefined;
  });
  return { plain, ...(br ? { br } : {}), ...(gzip ? { gzip } : {}), etag: etagOf(plain) };
}
