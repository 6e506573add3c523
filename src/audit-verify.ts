import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { openStores } from './open-stores.ts';
import { verifyAudit } from './tickets/audit.ts';

// `npm run audit:verify`: goes through the audit log and says how many entries hold and which is the last, and where it
// breaks if it does. `-- --last SEQ:HASH`, out of an earlier answer or the service's log: fails if that one is gone.
try {
  const { last } = parseArgs({ options: { last: { type: 'string' } } }).values;
  if (last !== undefined && !/^[1-9]\d*:[0-9a-f]{64}$/.test(last))
    throw new RangeError('--last takes the place and the hash of an entry, such as 143:3fa9…');
  const stores = await openStores(readConfig(process.env));
  try {
    const { entries, head, brokenAt } = await verifyAudit(stores.audit, last);
    console.log(`${entries} entries of the audit log hold${head ? `; the last is ${head}` : ''}`);
    if (brokenAt !== null) {
      console.error(
        `Entry ${brokenAt} was changed or cut off, or is not the one that came there: restore the log from a backup`,
      );
      process.exitCode = 1;
    }
  } finally {
    stores.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
