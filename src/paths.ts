import { join } from 'node:path';

/** The project's folder: this file lies one below it, as source and as built. */
export const ROOT = join(import.meta.dirname, '..');

/** The trained understanding; made by `npm run build`. */
export const MODEL = join(ROOT, 'dist', 'model.bin');

/** What browsers load besides the pages; made by `npm run build`. */
export const WEB = join(ROOT, 'dist', 'web');
