import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Modules that do not go together in one script. */
export class ScriptError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScriptError';
  }
}

/**
 * A compiled script and the modules it imports as one plain script, so that a page loads one file: dependencies first,
 * without `import` and `export`, in a scope of its own. It knows what the TypeScript compiler writes of named imports of
 * our own files, and no more.
 * @throws {ScriptError} where two modules name something alike, which one scope cannot hold.
 */
export function joinScript(entry: string): string {
  const seen = new Set<string>();
  const owners = new Map<string, string>();
  const parts: string[] = [];
  const add = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(file, 'utf8');
    for (const [, target = ''] of code.matchAll(/^import .* from '(\.[^']+)';$/gm))
      add(join(dirname(file), target));
    const own = code
      .replace(/^import .* from '[^']+';\n/gm, '')
      .replace(/^export \{\};\n/gm, '')
      .replace(/^export (?=const|let|function|async|class)/gm, '');
    if (/^(?:import|export)\b/m.test(own))
      throw new ScriptError(`${file} has an import or export of another kind`);
    for (const [, name = ''] of own.matchAll(/^(?:async )?(?:const|let|function|class) (\w+)/gm)) {
      const other = owners.get(name);
      if (other) throw new ScriptError(`${name} is named in ${other} and in ${file}: rename one`);
      owners.set(name, file);
    }
    parts.push(own);
  };
  add(entry);
  return `(() => {\n'use strict';\n${parts.join('')}})();\n`;
}
