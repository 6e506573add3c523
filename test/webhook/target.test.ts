import type { LookupFunction } from 'node:net';
import { expect } from 'chai';
import { post } from '../../src/adapters/webhook/post.ts';
import { isPublic, lookupPublic } from '../../src/adapters/webhook/public-address.ts';
import { targetSchema } from '../../src/adapters/webhook/target.ts';
import { receive } from './receiver.ts';

const secret = 'a secret of both sides, long enough';
const takes = (url: string) => targetSchema.safeParse({ url, format: 'json', secret }).success;
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => expect.fail('it was sent'),
    (error: Error) => error.name,
  );

describe('where webhooks go', () => {
  it('is encrypted, or stays on this machine', () => {
    for (const url of [
      'https://hooks.example.com/in',
      'http://127.0.0.1:8080/x',
      'http://localhost/',
      'http://[::1]:9/',
    ])
      expect(takes(url), url).to.equal(true);
    for (const url of [
      'http://hooks.example.com/in',
      'http://localhost.example.com/',
      'http://127.0.0.1.example.com/',
      'http://10.0.0.1/',
      'ftp://hooks.example.com/',
      'file:///etc/passwd',
      'https://anna:hemligt@hooks.example.com/',
      'hooks.example.com',
      '',
    ])
      expect(takes(url), url).to.equal(false);
    expect(
      targetSchema.safeParse({ url: 'https://a.example.com', format: 'json', secret: 'short' }).success,
    ).to.equal(false);
  });

  it('is told public addresses from all others', () => {
    for (const address of ['8.8.8.8', '193.0.6.139', '2001:67c:2e8:22::c100:68b', '2600::1'])
      expect(isPublic(address), address).to.equal(true);
    for (const address of [
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::a00:1',
      'fc00::1',
      'fd12:3456::1',
      'fe80::1',
      'ff02::1',
      '2002:7f00:1::',
      '2001:db8::1',
      'no address',
    ])
      expect(isPublic(address), address).to.equal(false);
  });

  it('is never a private address by number, however that is written', async () => {
    for (const url of [
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'http://[::1]:9/',
      'https://localhost/',
      'https://LOCALHOST/',
      'https://10.0.0.1/',
      'https://192.168.0.1/',
      'https://169.254.169.254/latest/meta-data',
      'https://0x0a000001/',
      'https://167772161/',
      'https://0/',
      'https://[fd00::1]/',
      'https://[::ffff:10.0.0.1]/',
    ])
      expect(await failure(post({ url, headers: {}, body: '{}', allowPrivate: false })), url).to.equal(
        'AddressRefused',
      );
  });

  // `localhost` is a name that resolves to this machine; under another name it is what a poisoned name server says.
  const poisoned: LookupFunction = (_host, given, done) => lookupPublic('localhost', given, done);

  it('is never a private address behind a name', async () => {
    const receiver = await receive();
    const url = `http://hooks.example.com:${receiver.port}/`;
    const sent = post({ url, headers: {}, body: '{}', allowPrivate: false, lookup: poisoned });
    expect(await failure(sent)).to.equal('AddressRefused');
    expect(receiver.received).to.deep.equal([]);
    await receiver.close();
  });

  it('may be private where the configuration says so', async () => {
    const receiver = await receive();
    const answer = await post({ url: receiver.url, headers: {}, body: '{}', allowPrivate: true });
    expect(answer.status).to.equal(204);
    await receiver.close();
  });
});
