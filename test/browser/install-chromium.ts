import { spawnSync } from 'node:child_process';
import { chromiumPath } from './chromium.ts';

// Before the tests: they need Chromium, which is a package of the system's and none of npm's.
if (!chromiumPath()) {
  console.log('Chromium is missing: installing it (apt-get install -y --no-install-recommends chromium)');
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...words: string[]) => {
    const [command = '', ...rest] = [...asRoot, ...words];
    return spawnSync(command, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status;
  };
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium');
  if (!chromiumPath()) {
    console.error(
      'Chromium could not be installed. The tests of the chat need it: install the package chromium by hand ' +
        '(as root: apt-get update && apt-get install -y --no-install-recommends chromium), then run the tests again.',
    );
    process.exitCode = 1;
  }
}
