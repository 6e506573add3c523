import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromiumPath, openBrowser } from '../browser/chromium.ts';
import { playgroundChat } from './playground-chat.ts';
import type { TeamsChat } from './teams-chat.ts';

// Microsoft 365 Agents Playground: a Teams-like client that talks to a bot on this machine. Its licence is for
// evaluation, so npx fetches it where it may and it is no dependency.
const PACKAGE = '@microsoft/m365agentsplayground@0.2.28';
const START_MS = 90_000;
const STEP_MS = 30_000;

/** Starts the Playground against a bot; `null`, with the reason printed, where npx or a browser cannot be had. */
export async function startPlayground(endpoint: string): Promise<TeamsChat | null> {
  if (!chromiumPath()) return cannot('there is no browser');
  // The Playground writes a log of all that is said to the working directory.
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const [program, port] = await startProgram(endpoint, folder);
  // Ended with the tests even where one of them brings the process down.
  const killed = () => {
    killGroup(program);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', killed);
  const end = async () => {
    process.removeListener('exit', killed);
    const ended = hasEnded(program) || new Promise((resolve) => program.once('exit', resolve));
    killGroup(program);
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  if (port === null) {
    await end();
    return cannot(`npx could not start ${PACKAGE}`);
  }
  let browser: Browser | undefined;
  try {
    browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 1500, height: 1100 } });
    page.setDefaultTimeout(STEP_MS);
    // Its fonts come from elsewhere; nothing here shall wait for the network.
    await page.route(/^https?:\/\/(?!127\.0\.0\.1|localhost)/, (route) => route.abort());
    await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'commit', timeout: START_MS });
    await page.locator('[data-lexical-editor]').waitFor({ timeout: START_MS });
    const opened = browser;
    return {
      ...playgroundChat(page),
      async stop() {
        await opened.close();
        await end();
      },
    };
  } catch (error) {
    await browser?.close();
    await end();
    throw error;
  }
}

function cannot(reason: string): null {
  console.log(`    (the Agents Playground is left out: ${reason})`);
  return null;
}

function startProgram(endpoint: string, folder: string): Promise<[ChildProcess, number | null]> {
  const program = spawn(
    'npx',
    [
      '--yes',
      '--prefer-offline',
      PACKAGE,
      '--app-endpoint',
      endpoint,
      '--channel-id',
      'msteams',
      '--disable-telemetry',
    ],
    // A group of its own, so that npx and what it starts end together.
    {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TEAMSAPPTESTER_PORT: '0', npm_config_fetch_retries: '0' },
    },
  );
  return new Promise((resolve) => {
    let told = '';
    const timer = setTimeout(() => resolve([program, null]), START_MS);
    const settle = (port: number | null) => {
      clearTimeout(timer);
      resolve([program, port]);
    };
    program.stdout?.on('data', (chunk: Buffer) => {
      told += chunk;
      const port = /Listening on (\d+)/.exec(told)?.[1];
      if (port) settle(Number(port));
    });
    program.once('error', () => settle(null));
    program.once('exit', () => settle(null));
  });
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

function killGroup(program: ChildProcess): void {
  if (program.pid !== undefined && !hasEnded(program)) process.kill(-program.pid, 'SIGKILL');
}
