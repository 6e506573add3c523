import { expect } from 'chai';
import { assert, property, string } from 'fast-check';
import { signWebhook, verifyWebhook } from '../../src/exports/webhook-signature.ts';

const now = new Date('2026-02-01T12:00:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const secret = 'a secret of both sides, long enough';
const body = '{"number":"SA-7K3M-9QXP"}';

describe('the signature of a webhook', () => {
  const header = signWebhook(body, secret, now);

  it('is as documented, byte for byte', () => {
    // printf '1769947200.%s' '{"number":"SA-7K3M-9QXP"}' | openssl dgst -sha256 -hmac 'a secret of both sides, long enough'
    expect(header).to.equal(
      't=1769947200,v1=27a1a6678e2f50d7434c5e42d9110be172518f4bd542895a2a11766cdc84ea8d',
    );
  });

  it('holds for this body, this secret and these five minutes', () => {
    expect(verifyWebhook(header, body, secret, now)).to.equal(true);
    expect(verifyWebhook(header, Buffer.from(body), secret, after(299))).to.equal(true);
    expect(verifyWebhook(header, body, secret, after(-299))).to.equal(true);
    expect(verifyWebhook(header, body, secret, after(301))).to.equal(false);
    expect(verifyWebhook(header, body, secret, after(-301))).to.equal(false);
    expect(verifyWebhook(header, body, secret, after(301), 600)).to.equal(true);
    expect(verifyWebhook(header, `${body} `, secret, now)).to.equal(false);
    expect(verifyWebhook(header, body, `${secret}.`, now)).to.equal(false);
    expect(verifyWebhook(header.replace('t=1769947200', 't=1769947201'), body, secret, now)).to.equal(false);
  });

  it('may stand beside that of another secret', () => {
    const old = signWebhook(body, 'the secret from before', now).replace(/^t=\d+,/, '');
    expect(verifyWebhook(`${header},${old}`, body, secret, now)).to.equal(true);
    expect(verifyWebhook(`t=1769947200,${old}`, body, secret, now)).to.equal(false);
  });

  it('is not what is malformed', () => {
    const hex = header.split('v1=')[1] ?? '';
    for (const bad of [
      '',
      't=1769947200',
      `v1=${hex}`,
      `t=,v1=${hex}`,
      `t=1e9,v1=${hex}`,
      `t=-1769947200,v1=${hex}`,
      `t=1769947200,v1=${hex.toUpperCase()}`,
      `t=1769947200,v1=${hex.slice(2)}`,
      `t=1769947200,v0=${hex}`,
      `t=${'9'.repeat(400)},v1=${hex}`,
    ])
      expect(verifyWebhook(bad, body, secret, now), bad).to.equal(false);
  });

  it('never throws on what comes in, and holds for whatever is signed', () => {
    assert(
      property(string(), string(), (given, text) => {
        expect(verifyWebhook(given, text, secret, now)).to.equal(false);
        expect(verifyWebhook(signWebhook(text, secret, now), text, secret, now)).to.equal(true);
      }),
      { numRuns: 50 },
    );
  });
});
