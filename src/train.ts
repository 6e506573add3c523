import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContent } from './content/content.ts';
import { readExamples, readRelationExamples } from './content/examples.ts';
import { MODEL, ROOT } from './paths.ts';
import { modelHash, writeModel } from './understanding/model.ts';
import { trainModel } from './understanding/train.ts';

// What the assistant says, and what checks the content, teach the understanding nothing.
const NOT_LEARNT = /\.map$|^(?:replies|pages|mail|form|desk)\.\w+\.yaml$|^lint.*\.js$/;

// Trains the understanding, unless the model at hand was made from the very same inputs.
const hash = hashOf(['knowledge', 'dialogs', 'dist/understanding', 'dist/text', 'dist/content']);
if (modelHash(MODEL) !== hash) {
  const began = performance.now();
  const examples = readExamples(ROOT);
  const model = await trainModel(examples, readRelationExamples(ROOT), readContent(ROOT), hash);
  mkdirSync(join(MODEL, '..'), { recursive: true });
  writeModel(MODEL, model);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.error(
    `Trained on ${examples.length} examples, ${model.classifier.labels.length} labels, in ${seconds} s`,
  );
}

function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8', withFileTypes: true });
    const files = names
      .filter((entry) => entry.isFile() && !NOT_LEARNT.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}
