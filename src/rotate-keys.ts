import { join } from 'node:path';
import { openDatabase } from './adapters/sqlite/open-database.ts';
import { rotateKeys } from './adapters/sqlite/rotate-keys.ts';
import { readConfig } from './config.ts';

// Seals everything personal in the embedded store with the first key of DATA_KEYS; the keys behind it, and what was
// never sealed, may be there before. The service is started with these keys first. Afterwards the others can be taken
// out of DATA_KEYS.
try {
  const { dataDir, dataKeys } = readConfig(process.env);
  if (dataKeys.length === 0) throw new Error('DATA_KEYS is not set: there is no key to seal with');
  const database = openDatabase(join(dataDir, 'assistant.db'));
  const count = rotateKeys(database, dataKeys);
  database.close();
  console.log(`${count} rows sealed with the key ${dataKeys[0]?.id}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
