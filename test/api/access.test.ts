import { request } from 'node:http';
import { expect } from 'chai';
import { plugins } from 'restify';
import { inProblems } from '../../src/adapters/api/answer.ts';
import { apiKeySchema, keyOf } from '../../src/adapters/api/api-key.ts';
import { memoryTickets } from '../../src/adapters/memory/memory-tickets.ts';
import { serve } from '../adapters/some-server.ts';
import { type Answered, type Api, type Call, keys, secrets, serveApi } from './some-api.ts';

/** What comes in from people, programs and those who mean harm. */
const hostile = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u0007\u001b[31m',
  '\ud800',
  '\udc00x',
  '\u202eevil',
  '\ufeff',
  '😀'.repeat(500),
  'a'.repeat(60_000),
  'å'.repeat(2001),
  "'; DROP TABLE tickets; --",
  "' OR '1'='1",
  '" OR ""="',
  '%00',
  '%2e%2e%2f%2e%2e%2fetc/passwd',
  '../../etc/passwd',
  '..\\..\\windows',
  '/etc/passwd',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data/',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '{{7*7}}',
  '$'.concat('{7*7}'),
  '#{7*7}',
  '<%= 7*7 %>',
  '$'.concat('{jndi:ldap://example.com/a}'),
  '() { :;}; echo x',
  '`id`',
  '$(id)',
  '; ls -la',
  '| cat /etc/passwd',
  '*)(uid=*))(|(uid=*',
  '{"$gt":""}',
  '[object Object]',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e309',
  '9007199254740993',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "=cmd|' /C calc'!A0",
  '\r\nSet-Cookie: a=b',
  'true',
];

describe('who may use the API, and how', () => {
  let api: Api;
  let number: string;
  before(async () => {
    api = await serveApi();
    number = (await api.file('first')).json.number;
  });
  after(() => api.close());

  const slots = { name: 'Anna Berg', email: 'anna.berg@example.se' };
  const routes = (): [string, Call, 'reader' | 'officer'][] => [
    ['/api/requests', { body: { type: 'erasure', slots }, headers: { 'idempotency-key': 'x' } }, 'officer'],
    ['/api/requests', {}, 'reader'],
    [`/api/requests/${number}`, {}, 'reader'],
    [
      `/api/requests/${number}/transitions`,
      { body: { to: 'in_progress' }, headers: { 'if-match': '*' } },
      'officer',
    ],
    [`/api/requests/${number}/export/json`, {}, 'reader'],
  ];
  const expectProblem = (answer: Answered, status: number, what: string) => {
    expect(answer.status, what).to.equal(status);
    expect(answer.headers.get('content-type'), what).to.match(/^application\/problem\+json/);
  };

  it('is nobody without a key, or with one that is not known', async () => {
    const before = (await api.audit.read(0, 100)).length;
    for (const [path, call] of routes()) {
      for (const authorization of [
        undefined,
        '',
        'Bearer',
        'Bearer ',
        'Bearer wrong',
        `Bearer ${secrets.officer}x`,
        `Bearer ${secrets.officer.slice(0, -1)}`,
        `Basic ${Buffer.from(`crm:${secrets.officer}`).toString('base64')}`,
        `Bearer ${keys[1]?.hash}`,
        'Bearer crm',
        `Bearer ${'x'.repeat(513)}`,
      ]) {
        const headers = { ...call.headers, ...(authorization === undefined ? {} : { authorization }) };
        const answer = await api.call(path, { ...call, key: null, headers });
        expectProblem(answer, 401, `${path} ${authorization}`);
        expect(answer.headers.get('www-authenticate')).to.equal('Bearer');
        expect(answer.text).to.not.include('anna');
      }
      expectProblem(
        await api.call(`${path}?access_token=${secrets.officer}`, { ...call, key: null }),
        401,
        path,
      );
    }
    expect((await api.audit.read(0, 100)).length).to.equal(before);
  });

  it('lets a reader look and nothing more', async () => {
    for (const [path, call, role] of routes()) {
      const answer = await api.call(path, { ...call, key: secrets.reader });
      if (role === 'reader') expect(answer.status, path).to.equal(200);
      else expectProblem(answer, 403, path);
    }
    expect((await api.tickets.byNumber(number))?.ticket.status).to.equal('submitted');
  });

  it('is open to no page of another origin', async () => {
    for (const [path, call] of routes()) {
      const answer = await api.call(path, {
        ...call,
        headers: { ...call.headers, origin: 'https://evil.example.com' },
      });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).to.deep.equal(
        [],
      );
    }
    const preflight = await fetch(`${api.at}/api/requests`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example.com', 'access-control-request-method': 'POST' },
    });
    expect(preflight.ok).to.equal(false);
    expect(preflight.headers.get('access-control-allow-origin')).to.equal(null);
  });

  it('takes JSON that is whole, plain and not too much, and repeats none of it', async () => {
    const headers = { 'idempotency-key': 'b' };
    for (const [body, status, more] of [
      ['{"type":"hemligt', 400, {}],
      ['hemligt', 400, {}],
      ['', 400, {}],
      ['{"type":"erasure"}', 415, { 'content-type': 'text/plain' }],
      ['{"type":"erasure"}', 415, { 'content-type': 'application/x-www-form-urlencoded' }],
      ['{"type":"erasure"}', 415, { 'content-encoding': 'gzip' }],
      [`"${'hemligt'.repeat(10_000)}"`, 413, {}],
      ['null', 422, {}],
      ['[]', 422, {}],
      ['"hemligt"', 422, {}],
      [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 422, {}],
      ['{"type":"erasure","slots":{"__proto__":{"x":1}}}', 422, {}],
      ['{"type":"erasure","__proto__":{"slots":{}}}', 422, {}],
    ] as const)
      for (const path of ['/api/requests', `/api/requests/${number}/transitions`]) {
        const answer = await api.call(path, { body, headers: { ...headers, 'if-match': '*', ...more } });
        expectProblem(answer, status, `${path} ${body.slice(0, 40)}`);
        expect(answer.text).to.not.include('hemligt');
      }
    expect(api.failures).to.deep.equal([]);
  });

  it('holds when a body breaks off', async () => {
    await new Promise<void>((resolve) => {
      const sent = request(`${api.at}/api/requests`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secrets.officer}`,
          'idempotency-key': 'b',
          'content-type': 'application/json',
          'content-length': '1000',
        },
      });
      sent.on('error', () => resolve());
      sent.write('{"type":');
      setTimeout(() => sent.destroy(), 20);
    });
    expect((await api.call(`/api/requests/${number}`)).status).to.equal(200);
    expect(api.failures).to.deep.equal([]);
  });

  it('is not shaken by fifty hostile strings in every field', async () => {
    expect(hostile.length).to.be.at.least(50);
    const before = await api.tickets.byNumber(number);
    const fields = ['name', 'email', 'phone', 'country', 'relation', 'brand', 'data'];
    for (const [index, text] of hostile.entries()) {
      const base = { type: 'erasure', slots };
      const bodies: object[] = [
        { ...base, type: text },
        { ...base, locale: text },
        { ...base, receivedAt: text },
        { ...base, filedBy: { role: text, reference: 'x' } },
        { ...base, filedBy: { role: 'recruiter', reference: text } },
        { ...base, [text]: 1 },
        { ...base, slots: { ...slots, [text]: 'x' } },
        ...fields.map((slot) => ({ ...base, slots: { ...slots, [slot]: text } })),
      ];
      const made = await Promise.all(bodies.map((body, place) => api.file(`h-${index}-${place}`, body)));
      for (const [place, answer] of made.entries()) {
        expect([200, 201, 413, 422], `${index} ${place}: ${answer.status}`).to.include(answer.status);
        if (answer.status !== 201 && text.length > 8) expect(answer.text).to.not.include(text);
      }
      // The last body has the string where the formats have to say how much is asked for.
      const last = made.at(-1);
      if (last?.status === 201) {
        const again = await api.file(`h-${index}-${bodies.length - 1}`, bodies.at(-1));
        expect(again.json, String(index)).to.deep.equal(last.json);
        for (const format of ['fides', 'opendsr', 'drp']) {
          const handed = await api.call(`/api/requests/${last.json.number}/export/${format}`);
          expect([200, 422]).to.include(handed.status);
        }
      }
      const reason = await api.call(`/api/requests/${number}/transitions`, {
        body: { to: text, reason: text },
        headers: { 'if-match': '"x"' },
      });
      expect([412, 413, 422], `reason ${index}`).to.include(reason.status);
      const inPath = encodeURIComponent(text.toWellFormed()).slice(0, 8000);
      for (const path of [
        `/api/requests/${inPath}`,
        `/api/requests/${number}/export/${inPath}`,
        `/api/requests?cursor=${inPath}`,
        `/api/requests?status=${inPath}`,
        `/api/requests?${inPath}=x`,
      ]) {
        const answer = await api.call(path);
        expect([200, 400, 404], `${path} ${answer.status}`).to.include(answer.status);
      }
    }
    expect(api.failures).to.deep.equal([]);
    expect(await api.tickets.byNumber(number)).to.deep.equal(before);
  }).timeout(60_000);

  it('tells of what nobody had foreseen that it happened, and not what', async () => {
    const broken = {
      ...memoryTickets(),
      create: () => Promise.reject(new TypeError('anna.berg@example.se is not iterable')),
    };
    const shaken = await serveApi(broken);
    const answer = await shaken.file('x');
    expectProblem(answer, 500, 'failed');
    expect(answer.text).to.not.include('anna');
    expect(shaken.failures).to.deep.equal([{ error: 'TypeError' }]);
    await shaken.close();
  });

  it('slows down whoever asks too often, in a problem like all others', async () => {
    const throttle = plugins.throttle({ rate: 1, burst: 1, ip: true });
    const server = await serve((added) => {
      added.get('/slow', inProblems(throttle), (_request, response, next) => {
        response.send(200);
        next();
      });
    });
    const answers = [await fetch(`${server.at}/slow`), await fetch(`${server.at}/slow`)];
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 429]);
    expect(answers[1]?.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(answers[1]?.headers.get('retry-after')).to.equal('1');
    await server.close();
  });
});

describe('keys of the API', () => {
  it('are configured by their hash alone', () => {
    const hash = 'a'.repeat(64);
    expect(apiKeySchema.parse(`crm:officer:${hash}`)).to.deep.equal({ id: 'crm', role: 'officer', hash });
    for (const bad of [
      '',
      'crm:officer',
      `crm:administrator:${hash}`,
      `CRM:officer:${hash}`,
      `:officer:${hash}`,
      `crm:officer:${hash}a`,
      `crm:officer:${hash.toUpperCase()}`,
      'crm:officer:the-key-itself',
    ])
      expect(apiKeySchema.safeParse(bad).success, bad).to.equal(false);
  });

  it('are told apart, and nobody has one where none is set up', () => {
    expect(keyOf(`Bearer ${secrets.reader}`, keys)?.id).to.equal('reports');
    expect(keyOf(`bearer ${secrets.other}`, keys)?.id).to.equal('portal');
    expect(keyOf(`Bearer ${secrets.reader}`, [])).to.equal(null);
    expect(keyOf(undefined, keys)).to.equal(null);
  });
});
