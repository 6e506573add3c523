import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Web Chat as npm publishes it. Its package draws in half a gigabyte of others that a browser never sees, so it is no
 * dependency: only its built script is taken out of the package's own tarball.
 */
export const WEB_CHAT = {
  package: 'botframework-webchat@4.18.1',
  /** Of the tarball, from `npm view botframework-webchat@4.18.1 dist.integrity`. */
  integrity:
    'sha512-7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==',
  script: 'package/dist/webchat.js',
  /** The licences of what is built into it, which go along with every copy. */
  licences: 'package/dist/webchat.js.LICENSE.txt',
  /** Of the script, in hexadecimal: what tells whether it is there already. */
  sha256: '0a68ad0a64fc04d621197da10c3eec0f843e16f7d03f6bcbed29b47517cf9bff',
} as const;

/** Web Chat could not be fetched, or is not what was published. */
export class WebChatError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'WebChatError';
  }
}

/** Fetches Web Chat's script and its licences from the npm registry. @throws {WebChatError} with what to do. */
export function fetchWebChat(): { script: Buffer; licences: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'web-chat-'));
  try {
    pack(folder);
    const [name = ''] = readdirSync(folder);
    const tarball = readFileSync(join(folder, name));
    check(`sha512-${createHash('sha512').update(tarball).digest('base64')}` === WEB_CHAT.integrity);
    const tar = gunzipSync(tarball);
    const script = fileInTar(tar, WEB_CHAT.script);
    check(createHash('sha256').update(script).digest('hex') === WEB_CHAT.sha256);
    return { script, licences: fileInTar(tar, WEB_CHAT.licences) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function check(isPinned: boolean): void {
  if (isPinned) return;
  throw new WebChatError(
    `${WEB_CHAT.package} is not the one that is pinned in src/fetch-web-chat.ts, so it was not used`,
  );
}

function pack(folder: string): void {
  const rest = [
    ...['pack', WEB_CHAT.package, '--pack-destination', folder, '--ignore-scripts', '--silent'],
    // npm would go on trying for more than a minute before it says that there is no network.
    ...['--fetch-retries', '1', '--fetch-retry-mintimeout', '1000', '--fetch-retry-maxtimeout', '2000'],
  ];
  // Set by npm for its scripts; other package managers set it to themselves.
  const npm = process.env.npm_execpath;
  try {
    if (npm?.endsWith('npm-cli.js'))
      execFileSync(process.execPath, [npm, ...rest], { cwd: folder, stdio: 'pipe' });
    else execFileSync('npm', rest, { cwd: folder, stdio: 'pipe' });
  } catch (cause) {
    throw new WebChatError(
      `${WEB_CHAT.package} could not be fetched. The first build needs the npm registry: check the network and "npm config get registry", then run npm run build again`,
      cause,
    );
  }
}

/** The bytes of one file in an unpacked tar archive: 512-byte headers (POSIX ustar), each before its file. */
function fileInTar(tar: Buffer, name: string): Buffer {
  const field = (from: number, length: number) =>
    tar
      .toString('latin1', from, from + length)
      .replace(/\0.*$/s, '')
      .trim();
  let at = 0;
  while (at + 512 <= tar.length && tar[at] !== 0) {
    const size = Number.parseInt(field(at + 124, 12), 8);
    if (field(at, 100) === name) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new WebChatError(`${WEB_CHAT.package} holds no ${name}`);
}
