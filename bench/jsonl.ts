import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** The rows of a JSON-lines file. @throws {Error} with file and line where a row does not have its shape. */
export function readJsonl<T>(file: string, schema: z.ZodType<T>): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (!line.trim()) return [];
      const parsed = schema.safeParse(parse(line));
      if (parsed.success) return [parsed.data];
      throw new Error(`${file}:${index + 1}: ${parsed.error.issues[0]?.message ?? 'this is no row'}`);
    });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
