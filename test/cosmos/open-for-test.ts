import { randomBytes } from 'node:crypto';
import { type Cosmos, type CosmosSettings, openCosmos } from '../../src/adapters/cosmos/open-cosmos.ts';
import { type FakeCosmos, startFakeCosmos } from './fake/fake-cosmos.ts';

/** What a test speaks to: a fake, or the database that COSMOS_ENDPOINT and COSMOS_KEY name, such as the emulator. */
export interface Stage {
  /** Opens the database as a service does; each has a tenant of its own unless one is named. */
  open(settings?: Partial<CosmosSettings>): Promise<Cosmos>;
  close(): Promise<void>;
}

export async function stageFor(environment: NodeJS.ProcessEnv): Promise<Stage> {
  const { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key } = environment;
  if (endpoint && key)
    return {
      open: (settings) =>
        openCosmos({ endpoint, key, database: 'contract', tenant: someTenant(), ...settings }),
      close: async () => {},
    };
  const fake = await startFakeCosmos();
  return { open: (settings) => openFake(fake, settings), close: fake.close };
}

/** A service's view of a fake. */
export function openFake(fake: FakeCosmos, settings: Partial<CosmosSettings> = {}): Promise<Cosmos> {
  const { endpoint, key } = fake;
  return openCosmos({ endpoint, key, database: 'assistant', tenant: someTenant(), ...settings });
}

export function someTenant(): string {
  return `t${randomBytes(6).toString('hex')}`;
}
