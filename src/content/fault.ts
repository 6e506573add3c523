import type { ContentFault } from './content-file.ts';

/** A fault of a file as a whole. */
export function fault(file: string, message: string, advice: string): ContentFault {
  return { file, line: 1, message, advice };
}
