import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { start } from '../../src/service.ts';

describe('the service with an app id', () => {
  it('takes no message without a valid token', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-'));
    const service = await start(
      {
        PORT: '0',
        HOST: '127.0.0.1',
        DATA_DIR: folder,
        PUBLIC_URL: 'https://privacy.example.se',
        MICROSOFT_APP_ID: '00000000-0000-4000-8000-000000000000',
        MICROSOFT_APP_PASSWORD: 'not a real one',
        MICROSOFT_APP_TENANT_ID: '00000000-0000-4000-8000-000000000001',
      },
      pino({ level: 'silent' }),
    );
    const send = (headers: Record<string, string>, changes: object) =>
      fetch(`http://127.0.0.1:${service.port}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({
          type: 'message',
          id: '1',
          channelId: 'msteams',
          serviceUrl: 'https://smba.trafficmanager.net/emea/',
          conversation: { id: 'c' },
          from: { id: 'u' },
          recipient: { id: 'b' },
          text: 'hej',
          ...changes,
        }),
      });
    for (const delivery of [{}, { deliveryMode: 'expectReplies' }]) {
      expect((await send({}, delivery)).status).to.equal(401);
      expect((await send({ authorization: 'Bearer abc.def.ghi' }, delivery)).status).to.equal(401);
    }
    await service.stop('test');
    rmSync(folder, { recursive: true });
  });
});
