import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from './adapters/sqlite/open-database.ts';
import { sqliteLessons } from './adapters/sqlite/sqlite-lessons.ts';
import { reviewList } from './adapters/terminal/review-list.ts';
import { readConfig } from './config.ts';
import { readContent } from './content/content.ts';
import { ROOT } from './paths.ts';

// Lists what was not understood in conversations, masked, so that an editor can add examples. `--limit N`: as many
// rows, the most frequent first (200); `--why declined|unclear|bad|good`: of one kind.
const { values } = parseArgs({
  options: { limit: { type: 'string', default: '200' }, why: { type: 'string' } },
});
const limit = Number(values.limit);
const database = openDatabase(join(readConfig(process.env).dataDir, 'assistant.db'));
const rows = await sqliteLessons(database).list(Number.isInteger(limit) && limit > 0 ? limit : 200);
database.close();
console.log(
  reviewList(
    rows.filter(({ why }) => values.why === undefined || why === values.why),
    readContent(ROOT),
  ),
);
