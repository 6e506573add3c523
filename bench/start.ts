import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Prints the time from starting `node dist/main.js` to a ready /readyz, five times on empty stores.
const PORT = '39780';
const times: number[] = [];
for (let run = 0; run < 5; run += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  const began = performance.now();
  const service = spawn(process.execPath, [join(import.meta.dirname, '..', 'dist', 'main.js')], {
    env: { ...process.env, PORT, DATA_DIR: folder, LOG_LEVEL: 'silent' },
    stdio: 'inherit',
  });
  while (performance.now() - began < 20_000) {
    const ready = await fetch(`http://127.0.0.1:${PORT}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  times.push(performance.now() - began);
  service.kill('SIGTERM');
  await new Promise((resolve) => service.once('close', resolve));
  rmSync(folder, { recursive: true });
}
console.log(`start to ready, five runs   ${times.map((time) => `${time.toFixed(0)} ms`).join(', ')}`);
