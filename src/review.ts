import { parseArgs } from 'node:util';
import { reviewList } from './adapters/terminal/review-list.ts';
import { readConfig } from './config.ts';
import { readContent } from './content/content.ts';
import { openStores } from './open-stores.ts';
import { ROOT } from './paths.ts';

// Lists what was not understood in conversations, masked, so that an editor can add examples. `--limit N`: as many
// rows, the most frequent first (200); `--why declined|unclear|bad|good`: of one kind.
const { values } = parseArgs({
  options: { limit: { type: 'string', default: '200' }, why: { type: 'string' } },
});
const limit = Number(values.limit);
const stores = await openStores(readConfig(process.env));
const rows = await stores.lessons.list(Number.isInteger(limit) && limit > 0 ? limit : 200);
stores.close();
console.log(
  reviewList(
    rows.filter(({ why }) => values.why === undefined || why === values.why),
    readContent(ROOT),
  ),
);
