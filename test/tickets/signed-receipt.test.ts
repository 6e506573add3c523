import { spawnSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../../src/paths.ts';
import { receiptKey } from '../../src/receipt-key.ts';
import {
  ReceiptError,
  readReceiptKey,
  receiptSigner,
  verifyReceipt,
} from '../../src/tickets/signed-receipt.ts';
import { someTicket } from './some-ticket.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const signer = receiptSigner(privateKey);
const now = new Date('2026-02-01T09:00:00Z');
const ticket = someTicket('receipt');

async function refused(jws: string, keys: unknown): Promise<string> {
  try {
    await verifyReceipt(jws, keys);
  } catch (error) {
    expect(error).to.be.instanceOf(ReceiptError);
    return (error as Error).message;
  }
  throw new Error('the receipt was taken');
}

describe('a signed receipt', () => {
  it('says what was received and by when it is answered, and nothing about the person', async () => {
    const keys = { keys: [await signer.publicKey()] };
    expect(await verifyReceipt(await signer.sign(ticket, now), keys)).to.deep.equal({
      number: ticket.number,
      type: 'erasure',
      receivedAt: ticket.receivedAt,
      due: '2026-03-02',
      dueRule: 'gdpr_month',
      issued: now.toISOString(),
    });
  });

  it('does not hold once a letter of it has changed, or under another key', async () => {
    const jws = await signer.sign(ticket, now);
    const keys = { keys: [await signer.publicKey()] };
    const [head = '', body = '', signature = ''] = jws.split('.');
    const other = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), due: '2027-01-01' };
    const changed = Buffer.from(JSON.stringify(other)).toString('base64url');
    const unsigned = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(head, 'base64url').toString()), alg: 'none' }),
    ).toString('base64url');
    expect(await refused(`${head}.${changed}.${signature}`, keys)).to.include('changed');
    expect(await refused(`${unsigned}.${changed}.`, keys)).to.include('changed');
    const stranger = receiptSigner(generateKeyPairSync('ed25519').privateKey);
    expect(await refused(await stranger.sign(ticket, now), keys)).to.include('not published');
    const { kid } = await signer.publicKey();
    const posing = { keys: [{ ...(await stranger.publicKey()), kid }] };
    expect(await refused(jws, posing)).to.include('changed');
    for (const nothing of ['', 'nonsense', 'a.b.c', 'e30.e30.e30']) await refused(nothing, keys);
  });

  it('is signed with a key from PEM or JWK, and with no other kind', () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }));
    for (const text of [pem, pem.replaceAll('\n', '\\n'), jwk])
      expect(readReceiptKey(text).equals(privateKey)).to.equal(true);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const text of ['', '{}', 'secret words', rsa.export({ type: 'pkcs8', format: 'pem' }).toString()])
      expect(() => readReceiptKey(text))
        .to.throw(RangeError)
        .with.property('message')
        .that.does.not.include('secret words');
  });

  it('has a key of its own, made once and readable by its owner alone', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'receipt-'));
    try {
      const first = receiptKey({ receiptKey: null, dataDir });
      expect(receiptKey({ receiptKey: null, dataDir }).equals(first)).to.equal(true);
      expect(statSync(join(dataDir, 'receipt-key.pem')).mode & 0o777).to.equal(0o600);
      const given = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      expect(receiptKey({ receiptKey: given, dataDir }).equals(createPrivateKey(given))).to.equal(true);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it('can be checked by anybody from the command line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'receipt-'));
    try {
      const [receipt, keys] = [join(folder, 'receipt.jws'), join(folder, 'keys.json')];
      writeFileSync(receipt, await signer.sign(ticket, now));
      writeFileSync(keys, JSON.stringify({ keys: [await signer.publicKey()] }));
      const run = (...args: string[]) =>
        spawnSync(process.execPath, [join(ROOT, 'src', 'verify-receipt.ts'), ...args], { encoding: 'utf8' });
      const good = run(receipt, '--keys', keys);
      expect(good.status).to.equal(0);
      expect(JSON.parse(good.stdout)).to.include({ number: ticket.number });
      writeFileSync(receipt, `${await signer.sign(ticket, now)}`.replace(/\.(.)/, '.f'));
      const bad = run(receipt, '--keys', keys);
      expect([bad.status, bad.stderr]).to.deep.equal([
        1,
        'the receipt does not hold: it has been changed since it was signed\n',
      ]);
      expect(run(receipt).status).to.equal(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
