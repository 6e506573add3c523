import { readContent } from './content/content.ts';
import { ContentError, faultLine } from './content/content-file.ts';
import { readExamples, readRelationExamples } from './content/examples.ts';
import { lintContent } from './content/lint.ts';
import { lintRelations } from './content/lint-examples.ts';
import { ROOT } from './paths.ts';

// `npm run lint:content`: every fault of knowledge/ and dialogs/, one a line.
const faults = (() => {
  try {
    return [
      ...lintContent(readContent(ROOT), readExamples(ROOT), ROOT),
      ...lintRelations(readRelationExamples(ROOT)),
    ];
  } catch (error) {
    if (error instanceof ContentError) return error.faults;
    throw error;
  }
})();
for (const fault of faults) console.error(faultLine(fault));
if (faults.length > 0) process.exitCode = 1;
