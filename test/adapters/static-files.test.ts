import { rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { StaticFilesError, staticFiles } from '../../src/adapters/http/static-files.ts';
import { someFiles } from './some-files.ts';
import { serve } from './some-server.ts';

const STYLES = 'main { color: teal; }';

describe('the files for browsers', () => {
  const folder = someFiles();
  const files = staticFiles(folder);
  let server: Awaited<ReturnType<typeof serve>>;
  before(async () => {
    server = await serve(files.routes);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** As it came over the wire: no client that unpacks it or tidies the path. */
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
      const { port } = new URL(server.at);
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      });
      sent.on('error', reject).end();
    });

  it('stand at an address with a hash of their content, and may be kept for ever', async () => {
    const url = files.url('site.css');
    expect(url).to.match(/^\/assets\/site\.[0-9a-f]{16}\.css$/);
    const { status, headers, body } = await ask(url);
    expect(status).to.equal(200);
    expect(body.toString()).to.equal(STYLES);
    expect(headers['cache-control']).to.equal('public, max-age=31536000, immutable');
    expect(headers['content-type']).to.equal('text/css; charset=utf-8');
    expect(headers['x-content-type-options']).to.equal('nosniff');
    expect(headers['content-length']).to.equal(String(STYLES.length));
  });

  const choices: [string, string | undefined][] = [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['BR;q=0.5, gzip', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['*', 'br'],
    ['identity', undefined],
    ['gzip;q=nonsense', undefined],
    ['', undefined],
  ];
  for (const [accepted, chosen] of choices)
    it(`come as ${chosen ?? 'they are'} to whoever takes "${accepted}"`, async () => {
      const { headers, body } = await ask(files.url('site.css'), { 'accept-encoding': accepted });
      expect(headers['content-encoding']).to.equal(chosen);
      expect(headers.vary).to.equal('Accept-Encoding');
      const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[chosen ?? ''];
      expect((unpack ? unpack(body) : body).toString()).to.equal(STYLES);
    });

  it('answer HEAD with the same headers and nothing else', async () => {
    const { status, headers, body } = await ask(files.url('site.css'), { 'accept-encoding': 'br' }, 'HEAD');
    expect([status, body.length]).to.deep.equal([200, 0]);
    expect(headers['content-encoding']).to.equal('br');
    expect(Number(headers['content-length'])).to.be.greaterThan(0);
  });

  it('include the widget at a name that never changes, kept for five minutes', async () => {
    const { status, headers, body } = await ask('/widget.js');
    expect([status, body.toString()]).to.deep.equal([200, '"draws the button";']);
    expect(headers['cache-control']).to.equal('public, max-age=300');
    const again = await ask('/widget.js', { 'if-none-match': `"other", W/${headers.etag}` });
    expect([again.status, again.body.length]).to.deep.equal([304, 0]);
    expect((await ask('/widget.js', { 'if-none-match': '"other"' })).status).to.equal(200);
  });

  it('let pages of other origins load the widget', async () => {
    expect((await ask('/widget.js')).headers['cross-origin-resource-policy']).to.equal('cross-origin');
  });

  for (const path of [
    '/assets/files.json',
    '/assets/site.css',
    '/assets/site.0123456789abcdef.css.br',
    '/assets/../files.json',
    '/assets/..%2ffiles.json',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets//etc/passwd',
    '/assets/%2fetc%2fpasswd',
    '/assets/site.0123456789abcdef.css%00',
    '/assets/__proto__',
    '/assets/constructor',
    '/assets/',
    '/assets',
  ])
    it(`has nothing at ${path}`, async () => {
      const { status, body } = await ask(path);
      expect(status).to.equal(404);
      expect(body.toString()).to.not.match(/root:|"name"|teal/);
    });

  it('answer a path that is no text with 4xx', async () => {
    const { status } = await ask('/assets/%E0%A4%A');
    expect(status).to.be.within(400, 499);
  });

  it('are named wrongly only by a fault in the code', () => {
    expect(() => files.url('none.js')).to.throw(RangeError, 'none.js');
  });

  it('say what to do where they were not made, or not whole', () => {
    expect(() => staticFiles(join(folder, 'nowhere'))).to.throw(StaticFilesError, 'npm run build');
    const other = someFiles();
    for (const broken of ['{', '[]', '{"a.css":{"file":"../a.css","type":"text/css"}}', '{"a.css":{}}']) {
      writeFileSync(join(other, 'files.json'), broken);
      expect(() => staticFiles(other), broken).to.throw(StaticFilesError);
    }
    writeFileSync(join(other, 'files.json'), '{"a.css":{"file":"a.css","type":"text/css"}}');
    expect(() => staticFiles(other)).to.throw(StaticFilesError);
    rmSync(other, { recursive: true });
  });
});
