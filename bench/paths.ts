import { join } from 'node:path';
import { ROOT } from '../src/paths.ts';

/** The words that the engine knows to belong together, whatever it is trained on. */
export const THESAURUS = join(ROOT, 'knowledge', 'thesaurus.txt');
