import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'chai';
import { openApi } from '../../src/adapters/api/open-api.ts';
import { problemCodes } from '../../src/adapters/api/problem.ts';
import { requestJsonSchemaAt } from '../../src/exports/request-json.ts';
import { allTypes, content } from '../exports/some-options.ts';
import { type Api, serveApi } from './some-api.ts';

interface Described {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, { properties: Record<string, { enum?: string[] }> }> };
}

describe('the description of the API', () => {
  let api: Api;
  before(async () => {
    api = await serveApi();
  });
  after(() => api.close());

  it('is OpenAPI 3.1', async () => {
    const { status, json, headers } = await api.call('/api/openapi.json', { key: null });
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.match(/^application\/json/);
    const validator = new Validator();
    const result = await validator.validate(structuredClone(json));
    expect(result.valid, JSON.stringify(result)).to.equal(true);
    expect(validator.version).to.equal('3.1');
    expect(json).to.deep.equal(JSON.parse(JSON.stringify(openApi(content, 'https://privacy.example.se'))));
  });

  it('resolves its references, and knows every type and problem', () => {
    const described = openApi(content, null) as Described;
    const text = JSON.stringify(described);
    for (const [, name = ''] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
      expect(described.components.schemas).to.have.property(name);
    const { NewRequest, Problem } = described.components.schemas;
    expect(NewRequest?.properties.type?.enum).to.deep.equal(allTypes);
    expect(Problem?.properties.code?.enum).to.deep.equal([...problemCodes]);
  });

  it('names every status that a call has answered', async () => {
    const { paths } = openApi(content, null) as Described;
    const { json } = await api.file('a');
    const at = `/api/requests/${json.number}`;
    const calls = [
      ['/api/requests', 'post', await api.file('a')],
      ['/api/requests', 'post', await api.file('b')],
      ['/api/requests', 'post', await api.file('a', { type: 'access' })],
      ['/api/requests', 'post', await api.call('/api/requests', { body: '{', headers: {} })],
      ['/api/requests', 'get', await api.call('/api/requests')],
      ['/api/requests', 'get', await api.call('/api/requests?limit=0')],
      ['/api/requests/{number}', 'get', await api.call(at)],
      ['/api/requests/{number}', 'get', await api.call(`${at}x`)],
      ['/api/requests/{number}', 'get', await api.call(at, { key: null })],
      ['/api/requests/{number}/transitions', 'post', await api.call(`${at}/transitions`, { body: {} })],
      [
        '/api/requests/{number}/transitions',
        'post',
        await api.call(`${at}/transitions`, { body: { to: 'refused' }, headers: { 'if-match': '*' } }),
      ],
      ['/api/requests/{number}/export/{format}', 'get', await api.call(`${at}/export/drp`)],
    ] as const;
    for (const [path, method, { status }] of calls)
      expect(paths[path]?.[method]?.responses, `${method} ${path}`).to.have.property(String(status));
  });

  it('publishes the schema of a request beside it', async () => {
    const { status, json, headers } = await api.call('/api/schema/request.json', { key: null });
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.equal('application/schema+json');
    const address = 'https://privacy.example.se/api/schema/request.json';
    expect(json).to.deep.equal(JSON.parse(JSON.stringify(requestJsonSchemaAt(address))));
  });
});
