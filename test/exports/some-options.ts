import { generateKeyPairSync, verify } from 'node:crypto';
import { readContent } from '../../src/content/content.ts';
import { drpOptionsSchema } from '../../src/exports/data-rights-protocol.ts';
import type { ExportOptions } from '../../src/exports/export-ticket.ts';
import { fidesOptionsSchema } from '../../src/exports/fides.ts';
import { openDsrOptionsSchema } from '../../src/exports/open-dsr.ts';
import { ROOT } from '../../src/paths.ts';

export const content = readContent(ROOT);

/** Every request type there is. */
export const allTypes = [...content.requests.keys()];

const pair = generateKeyPairSync('ed25519');

/** Every format set up, with a policy in Fides for every type. */
export const options: ExportOptions = {
  fides: fidesOptionsSchema.parse({
    policies: Object.fromEntries(allTypes.map((type) => [type, `policy_${type}`])),
  }),
  opendsr: openDsrOptionsSchema.parse({ callbacks: ['https://callback.example.com/opendsr'] }),
  drp: drpOptionsSchema.parse({
    agentId: 'EXAMPLE_AGENT',
    businessId: 'EXAMPLE_BUSINESS',
    key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    relationships: ['candidate'],
    callback: 'https://callback.example.com/drp',
  }),
};

/** What a signed message of the Data Rights Protocol says; null where its signature is not of our key. */
export function openMessage(message: string): unknown {
  const bytes = Buffer.from(message, 'base64');
  const [signature, json] = [bytes.subarray(0, 64), bytes.subarray(64)];
  return verify(null, json, pair.publicKey, signature) ? JSON.parse(json.toString()) : null;
}
