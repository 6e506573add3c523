import type { Request, RequestHandler, Response, Server } from 'restify';
import { requestJsonSchemaAt } from '../../exports/request-json.ts';
import { type Failed, forKey, inProblems } from './answer.ts';
import type { ApiKey } from './api-key.ts';
import { openApi } from './open-api.ts';
import { type RequestsParts, requestsFor } from './requests.ts';

/** Adds the routes to the server; `throttle` holds back an address that asks too often. */
export type ApiRoutes = (server: Server, throttle: RequestHandler) => void;

export interface ApiParts extends RequestsParts {
  /** Who may use it; nobody: it can be read about, and nothing more. */
  keys: readonly ApiKey[];
  /** Where the service is reached, once that is known. */
  address: () => string | null;
  failed?: Failed | undefined;
}

const SCHEMA = '/api/schema/request.json';

/**
 * The HTTP API for other programs: filing, reading, moving and exporting requests. No page of another origin may use it
 * (there is no CORS): keys belong on servers.
 */
export function apiRoutes(parts: ApiParts): ApiRoutes {
  const { keys, failed, assistant, address } = parts;
  const { file, list, look, move, hand } = requestsFor(parts);
  return (server, throttle) => {
    const guard = inProblems(throttle);
    const reader = (path: string, work: typeof list) =>
      server.get(path, guard, forKey('reader', keys, work, failed));
    const officer = (path: string, work: typeof file) =>
      server.post(path, guard, forKey('officer', keys, work, failed));
    officer('/api/requests', file);
    reader('/api/requests', list);
    reader('/api/requests/:number', look);
    officer('/api/requests/:number/transitions', move);
    reader('/api/requests/:number/export/:format', hand);
    server.get(
      '/api/openapi.json',
      guard,
      published('application/json', () => openApi(assistant.content, address())),
    );
    server.get(
      SCHEMA,
      guard,
      published('application/schema+json', () =>
        requestJsonSchemaAt(new URL(SCHEMA, address() ?? 'http://localhost').href),
      ),
    );
  };
}

/** Something that everybody may read. */
function published(contentType: string, make: () => object): RequestHandler {
  const handler = async (_request: Request, response: Response): Promise<void> => {
    response.sendRaw(200, JSON.stringify(make()), {
      'content-type': contentType,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
  };
  return handler as unknown as RequestHandler;
}
