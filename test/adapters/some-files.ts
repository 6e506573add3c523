import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** A folder like dist/web with a style sheet and two scripts, made for a test; its path. */
export function someFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), 'web-'));
  const listed: Record<string, { file: string; type: string }> = {};
  const put = (name: string, type: string, text: string) => {
    const file = name.replace('.', '.0123456789abcdef.');
    listed[name] = { file, type };
    writeFileSync(join(folder, file), text);
    writeFileSync(join(folder, `${file}.br`), brotliCompressSync(text));
    writeFileSync(join(folder, `${file}.gz`), gzipSync(text));
  };
  put('site.css', 'text/css; charset=utf-8', 'main { color: teal; }');
  put('copy.js', 'text/javascript; charset=utf-8', '"copies";');
  put('widget.js', 'text/javascript; charset=utf-8', '"draws the button";');
  writeFileSync(join(folder, 'files.json'), JSON.stringify(listed));
  return folder;
}
