import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { ROOT } from '../src/paths.ts';

// The other tests run the sources; what `npm start` runs is what was built of them.
describe('the built service', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'built-'));
  after(() => rmSync(folder, { recursive: true }));

  it('starts as it is started by hand, answers, and ends in order', async () => {
    const service = spawn(process.execPath, [join(ROOT, 'dist', 'main.js')], {
      env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(service, 'exit');
    let port = '';
    for await (const line of createInterface({ input: service.stdout })) {
      port = /"port":(\d+).*"msg":"ready"/.exec(line)?.[1] ?? '';
      if (port) break;
    }
    expect(port, 'the service ended before it was ready').to.not.equal('');
    service.stdout.resume();
    for (const path of ['/', '/notice', '/chat', '/request', '/request/find', '/widget.js', '/readyz']) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      await answer.arrayBuffer();
      expect(answer.status, path).to.equal(200);
    }
    service.kill('SIGTERM');
    expect((await ended)[0]).to.equal(0);
  });
});
