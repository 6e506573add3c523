import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { expect } from 'chai';
import { joinScript, ScriptError } from '../src/browser-script.ts';

describe('a script joined from its modules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'script-'));
  after(() => rmSync(folder, { recursive: true }));
  const write = (files: Record<string, string>) => {
    mkdirSync(join(folder, 'part'), { recursive: true });
    for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
    return joinScript(join(folder, 'entry.js'));
  };
  const part = "import { two } from './two.js';\nexport const four = two + two;\n";

  it('runs as one plain script, each module once and before those that need it', () => {
    const script = write({
      'entry.js':
        "import { four } from './part/four.js';\nimport { two } from './part/two.js';\nresult.push(four, two);\n",
      'part/four.js': part,
      'part/two.js': 'result.push("two");\nexport const two = 2;\nexport {};\n',
    });
    const result: unknown[] = [];
    new Script(script).runInNewContext({ result });
    expect(result).to.deep.equal(['two', 4, 2]);
  });

  it('is refused where two modules use one name', () => {
    const files = {
      'entry.js': "import { four } from './part/four.js';\nconst two = four;\n",
      'part/four.js': part,
      'part/two.js': 'export const two = 2;\n',
    };
    expect(() => write(files)).to.throw(ScriptError, 'two is named in');
  });

  it('is refused where a module exports in another way', () => {
    expect(() => write({ 'entry.js': 'export default 1;\n' })).to.throw(ScriptError, 'of another kind');
  });
});
