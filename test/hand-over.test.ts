import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { z } from 'zod';
import { handOverOf, handOverVariables } from '../src/hand-over.ts';

const variables = z.object(handOverVariables);
const read = (environment: Record<string, string>) => handOverOf(variables.parse(environment));
const secret = 'a secret of both sides, long enough';
const key = generateKeyPairSync('ed25519').privateKey;
const pem = String(key.export({ type: 'pkcs8', format: 'pem' }));
const base64 = key.export({ type: 'pkcs8', format: 'der' }).toString('base64');

describe('the settings of the hand-over', () => {
  it('need nothing, and then nobody has a key and nothing is sent', () => {
    expect(read({})).to.deep.equal({
      handOver: {
        keys: [],
        targets: [],
        allowPrivate: false,
        exports: { fides: null, opendsr: null, drp: null },
      },
      faults: [],
    });
  });

  it('name keys, targets and formats', () => {
    const { handOver, faults } = read({
      API_KEYS: `crm:officer:${'a'.repeat(64)}, reports:reader:${'b'.repeat(64)}`,
      WEBHOOK_URLS: 'https://hooks.example.com/in,http://127.0.0.1:9000/',
      WEBHOOK_SECRET: secret,
      WEBHOOK_PRIVATE_ADDRESSES: 'true',
      FIDES_URL: 'https://fides.example.com/api/v1/privacy-request',
      FIDES_TOKEN: 't',
      FIDES_POLICIES: 'access=default_access, erasure=default=erasure',
      OPENDSR: 'yes',
      OPENDSR_EXTENSION: 'processor.example.com',
      DRP_AGENT_ID: 'AGENT',
      DRP_BUSINESS_ID: 'BUSINESS',
      DRP_KEY: pem,
    });
    expect(faults).to.deep.equal([]);
    expect(handOver.keys.map(({ id, role }) => `${id} ${role}`)).to.deep.equal([
      'crm officer',
      'reports reader',
    ]);
    expect(handOver.targets.map(({ format, token }) => `${format} ${token}`)).to.deep.equal([
      'json null',
      'json null',
      'fides t',
    ]);
    expect(handOver.allowPrivate).to.equal(true);
    expect(handOver.exports.fides).to.deep.equal({
      policies: { access: 'default_access', erasure: 'default=erasure' },
    });
    expect(handOver.exports.opendsr).to.deep.equal({ callbacks: [], extension: 'processor.example.com' });
    expect(handOver.exports.drp).to.include({ agentId: 'AGENT', minutes: 10, callback: null });
  });

  it('take a key without its first and last line too', () => {
    const { handOver } = read({ DRP_AGENT_ID: 'A', DRP_BUSINESS_ID: 'B', DRP_KEY: base64 });
    expect(handOver.exports.drp?.key.asymmetricKeyType).to.equal('ed25519');
  });

  it('name the variable that does not fit, and not its value', () => {
    const faultsOf = (environment: Record<string, string>) => {
      const { faults } = read(environment);
      expect(JSON.stringify(faults)).to.not.include('hemlig');
      return faults.map(({ variable }) => variable);
    };
    const url = 'https://hooks.example.com/';
    expect(faultsOf({ WEBHOOK_URLS: url })).to.deep.equal(['WEBHOOK_SECRET']);
    expect(faultsOf({ WEBHOOK_URLS: url, WEBHOOK_SECRET: 'hemlig' })).to.deep.equal(['WEBHOOK_SECRET']);
    expect(faultsOf({ WEBHOOK_URLS: 'http://hemlig.example.com', WEBHOOK_SECRET: secret })).to.deep.equal([
      'WEBHOOK_URLS',
    ]);
    for (const here of [
      'http://127.0.0.1:9000/',
      'https://2130706433/',
      'http://localhost/',
      'https://10.0.0.1/',
    ]) {
      const announced = { WEBHOOK_URLS: here, WEBHOOK_SECRET: secret };
      expect(faultsOf(announced), here).to.deep.equal(['WEBHOOK_URLS']);
      expect(faultsOf({ ...announced, WEBHOOK_PRIVATE_ADDRESSES: 'true' }), here).to.deep.equal([]);
    }
    expect(faultsOf({ FIDES_URL: url, WEBHOOK_SECRET: secret })).to.deep.equal(['FIDES_POLICIES']);
    expect(faultsOf({ FIDES_POLICIES: 'erasure=hemlig,objection=hemlig' })).to.deep.equal(['FIDES_POLICIES']);
    expect(faultsOf({ OPENDSR: 'true', OPENDSR_CALLBACK_URLS: 'http://hemlig' })).to.deep.equal([
      'OPENDSR_CALLBACK_URLS',
    ]);
    expect(faultsOf({ DRP_AGENT_ID: 'A' })).to.have.members(['DRP_BUSINESS_ID', 'DRP_KEY']);
    expect(variables.safeParse({ API_KEYS: 'crm:officer:hemlig' }).error?.issues[0]?.path[0]).to.equal(
      'API_KEYS',
    );
  });
});
