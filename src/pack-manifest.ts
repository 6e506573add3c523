import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './paths.ts';
import { packTeamsApp, readTeamsApp } from './teams-package.ts';

// `npm run manifest`: writes teams-app.zip, the package that a Teams administrator uploads, to the working directory.
const FILE = 'teams-app.zip';
try {
  const packageSchema = z.object({ version: z.string() });
  const { version } = packageSchema.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  const app = readTeamsApp(process.env, version);
  writeFileSync(FILE, await packTeamsApp(app, join(ROOT, 'manifest')));
  console.log(`${FILE}: version ${app.VERSION}, app ${app.TEAMS_APP_ID}, ${app.HOST}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
