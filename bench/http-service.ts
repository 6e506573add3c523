import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { start } from '../src/service.ts';

// This service in a process of its own, on an empty store that is durable as in life, without a limit of pace.
const folder = mkdtempSync(join(tmpdir(), 'http-'));
const service = await start(
  { PORT: '0', DATA_DIR: folder, RATE_PER_SECOND: '10000', RATE_BURST: '10000' },
  pino({ level: 'warn' }),
);
process.send?.(service.port);
process.on('message', async (message) => {
  if (message === 'time') return process.send?.(process.cpuUsage());
  await service.stop('measured');
  rmSync(folder, { recursive: true });
  process.exit(0);
});
