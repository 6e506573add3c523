import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A fault in a content file: where it is, what is wrong and what to do about it. */
export interface ContentFault {
  file: string;
  line: number;
  message: string;
  advice: string;
}

/** Content could not be read. Carries every fault found, not only the first. */
export class ContentError extends Error {
  readonly faults: readonly ContentFault[];
  constructor(faults: readonly ContentFault[]) {
    super(faults.map(faultLine).join('\n'));
    this.name = 'ContentError';
    this.faults = faults;
  }
}

/** One fault as one line, clickable in an editor. */
export function faultLine(fault: ContentFault): string {
  return `${fault.file}:${fault.line}: ${fault.message}. ${fault.advice}`;
}

/**
 * Reads one YAML file into the shape of `schema`.
 * @throws {ContentError} with file, line and advice for every place that does not fit.
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new ContentError(
      document.errors.map((error) => ({
        file,
        line: error.linePos?.[0].line ?? 1,
        message: error.message.split('\n')[0] ?? error.message,
        advice: 'Mend the YAML on this line; a text with a colon needs quotes',
      })),
    );
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw new ContentError(
    parsed.error.issues.map((issue) => ({
      file,
      line: lineOf(issue.path as (string | number)[]),
      message: `${issue.path.join('.') || 'the file'}: ${issue.message}`,
      advice: adviceFor(issue.code),
    })),
  );

  // The node named by the path, or the nearest one above it that stands in the file.
  function lineOf(path: (string | number)[]): number {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      const range = (node as { range?: [number, number, number] } | undefined)?.range;
      if (range) return lines.linePos(range[0]).line;
    }
    return 1;
  }
}

function adviceFor(code: string | undefined): string {
  if (code === 'unrecognized_keys') return 'Remove the key, or spell it as in the neighbouring files';
  if (code === 'invalid_type') return 'Give the value its right kind, as in the neighbouring files';
  return 'Change the value so that it fits';
}
