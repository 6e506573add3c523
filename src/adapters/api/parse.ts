import type { z } from 'zod';
import { type Fault, Problem } from './problem.ts';

/** @throws {Problem} 422 that names each fault's place, and nothing of what was sent; 400 where nothing was. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  if (value === undefined) throw new Problem(400, 'broken_body', 'There is no body');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) =>
    faultOf(issue, issue.path.map((part) => `/${String(part)}`).join('')),
  );
  throw new Problem(422, 'invalid', 'The body does not fit', faults);
}

/** @throws {Problem} 400, as `parseBody`, for what stands behind the question mark. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: string): z.output<Schema> {
  const given: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query))
    if (Object.hasOwn(given, name)) given[name]?.push(value);
    else Object.defineProperty(given, name, { value: [value], enumerable: true });
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => faultOf(issue, String(issue.path[0] ?? 'query')));
  throw new Problem(400, 'invalid', 'The query does not fit', faults);
}

// Schemas here are strict all the way down: a path names members of ours, never one of the sender's. Messages for values
// of a list name that list; the others are told in words of our own.
function faultOf(issue: z.core.$ZodIssue, at: string): Fault {
  switch (issue.code) {
    case 'unrecognized_keys':
      return { at, fault: 'has a member that is not known here' };
    case 'invalid_type':
      return { at, fault: `is missing or not of the type ${issue.expected}` };
    case 'invalid_value':
      return { at, fault: `is none of ${issue.values.join(', ')}` };
    case 'too_big':
      return { at, fault: `is larger than ${issue.maximum}` };
    case 'too_small':
      return { at, fault: `is smaller than ${issue.minimum}` };
    case 'invalid_format':
      return { at, fault: `is not of the form ${issue.format}` };
    case 'custom':
      return { at, fault: issue.message };
    default:
      return { at, fault: 'does not fit' };
  }
}
