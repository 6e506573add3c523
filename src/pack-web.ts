import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { joinScript } from './browser-script.ts';
import { readContent } from './content/content.ts';
import { fetchWebChat, WEB_CHAT } from './fetch-web-chat.ts';
import { ROOT, WEB } from './paths.ts';

const SOURCE = join(ROOT, 'src', 'browser');
const COMPILED = join(ROOT, 'dist', 'browser');
const LICENCES = 'webchat.js.LICENSE.txt';
const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

// Makes dist/web: what browsers load, each file named by its content and compressed once.
mkdirSync(WEB, { recursive: true });
const listed: Record<string, { file: string; type: string }> = {};
try {
  for (const name of readdirSync(SOURCE).sort()) {
    if (name.endsWith('.css')) put(name, readFileSync(join(SOURCE, name)));
    else if (name.endsWith('.ts') && !name.endsWith('.d.ts'))
      put(scriptName(name), compiled(scriptName(name)));
  }
  const kept = fileName('webchat.js', WEB_CHAT.sha256);
  if (isKept(kept) && existsSync(join(WEB, LICENCES))) {
    put('webchat.js', readFileSync(join(WEB, kept)));
  } else {
    const { script, licences } = fetchWebChat();
    put('webchat.js', script);
    write(LICENCES, licences);
  }
  // Under the name that the script says; it never changes without the script.
  listed[LICENCES] = { file: LICENCES, type: 'text/plain; charset=utf-8' };
  write('files.json', `${JSON.stringify(listed, null, 2)}\n`);
  for (const name of readdirSync(WEB)) if (!isListed(name)) rmSync(join(WEB, name));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function put(name: string, bytes: Buffer): void {
  const file = fileName(name, sha256(bytes));
  listed[name] = { file, type: types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream' };
  if (!isKept(file)) write(file, bytes);
  if (!existsSync(join(WEB, `${file}.gz`))) write(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  if (existsSync(join(WEB, `${file}.br`))) return;
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  write(`${file}.br`, brotliCompressSync(bytes, { params }));
}

// Whole or not at all: a build that is interrupted leaves no half file behind that the next one would keep.
function write(name: string, bytes: Buffer | string): void {
  const path = join(WEB, name);
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, bytes);
  renameSync(part, path);
}

function isKept(file: string): boolean {
  const path = join(WEB, file);
  return existsSync(path) && file.includes(sha256(readFileSync(path)).slice(0, 16));
}

function isListed(name: string): boolean {
  const file = name.replace(/\.(?:br|gz)$/, '');
  return (
    name === 'files.json' ||
    name.endsWith('.part') ||
    Object.values(listed).some((each) => each.file === file)
  );
}

/** The script as TypeScript compiled it; the widget gets its texts put in, since it is loaded alone. */
function compiled(name: string): Buffer {
  const path = join(COMPILED, name);
  if (!existsSync(path)) throw new Error(`dist/browser/${name} is missing: run tsc -p src/browser first`);
  const script = joinScript(path);
  return Buffer.from(name === 'widget.js' ? script.replace('__TEXTS__', () => widgetTexts()) : script);
}

function widgetTexts(): string {
  const { replies } = readContent(ROOT);
  const of = (locale: 'sv' | 'en') =>
    Object.fromEntries(Object.entries(replies[locale]).filter(([id]) => id.startsWith('widget.')));
  return JSON.stringify({ sv: of('sv'), en: of('en') });
}

function scriptName(source: string): string {
  return `${basename(source, '.ts')}.js`;
}

function fileName(name: string, hash: string): string {
  return name.replace(/\.(\w+)$/, `.${hash.slice(0, 16)}.$1`);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
