import { z } from 'zod';
import { Refusal } from './refusal.ts';

/** A row that a query looks at. */
export type Row = Readonly<Record<string, unknown>>;

/** A query of the subset, ready to be run. */
export interface Query {
  fits(row: Row): boolean;
  project(row: Row): Row;
  order: { by: string; isDescending: boolean } | null;
}

const specSchema = z.object({
  query: z.string(),
  parameters: z
    .array(z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean(), z.null()]) }))
    .default([]),
});

const FIELD = String.raw`c\["(\w+)"\]`;
const shape =
  /^SELECT (?<what>\*|c\["\w+"\](?:, c\["\w+"\])*) FROM c WHERE (?<where>.+?)(?: ORDER BY c\["(?<by>\w+)"\] (?<way>ASC|DESC))?$/;
const forms: { form: RegExp; test(field: unknown, values: unknown[]): boolean }[] = [
  { form: new RegExp(`^${FIELD} = (@\\w+)$`), test: (field, [value]) => field === value },
  { form: new RegExp(`^${FIELD} < (@\\w+)$`), test: (field, [value]) => isBefore(field, value) },
  { form: new RegExp(`^${FIELD} > (@\\w+)$`), test: (field, [value]) => isBefore(value, field) },
  {
    form: new RegExp(`^${FIELD} <= (@\\w+)$`),
    test: (field, [value]) => field === value || isBefore(field, value),
  },
  {
    form: new RegExp(`^${FIELD} IN \\((@\\w+(?:, @\\w+)*)\\)$`),
    test: (field, values) => values.includes(field),
  },
  {
    form: new RegExp(`^CONTAINS\\(${FIELD}, (@\\w+)\\)$`),
    test: (field, [value]) => typeof field === 'string' && typeof value === 'string' && field.includes(value),
  },
  { form: new RegExp(`^IS_NULL\\(${FIELD}\\)()$`), test: (field) => field === null },
];

/**
 * Reads the subset of the query language that the stores use, and nothing else: a filter of conditions that must all
 * hold, or of several in brackets one, whole rows or some fields, and inside one partition an order by one field.
 * @throws {Refusal} 400 for everything else.
 */
export function readQuery(body: unknown, isInOnePartition: boolean): Query {
  const { query, parameters } = specSchema.parse(body);
  const parts = shape.exec(query)?.groups;
  if (!parts) throw new Refusal(400, `Not in the subset: ${query}`);
  if (parts.by && !isInOnePartition) throw new Refusal(400, 'Cross partition ORDER BY is not served here.');
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  const read = (condition: string) => {
    for (const { form, test } of forms) {
      const [whole, field = '', names = ''] = form.exec(condition) ?? [];
      if (whole === undefined) continue;
      const wanted = names.split(', ').filter(Boolean);
      for (const name of wanted)
        if (!values.has(name)) throw new Refusal(400, `No value for the parameter ${name}`);
      const given = wanted.map((name) => values.get(name));
      return (row: Row) => test(row[field], given);
    }
    throw new Refusal(400, `Not in the subset: ${condition}`);
  };
  const conditions = (parts.where ?? '').split(' AND ').map((condition) => {
    const [, any] = /^\((.+)\)$/.exec(condition) ?? [];
    if (any === undefined) return read(condition);
    const each = any.split(' OR ').map(read);
    return (row: Row) => each.some((fits) => fits(row));
  });
  const fields =
    parts.what === '*' ? null : [...(parts.what ?? '').matchAll(/\["(\w+)"\]/g)].map((m) => m[1] ?? '');
  return {
    fits: (row) => conditions.every((fits) => fits(row)),
    // A field that is not there is left out of the row.
    project: (row) =>
      fields ? Object.fromEntries(fields.flatMap((name) => (name in row ? [[name, row[name]]] : []))) : row,
    order: parts.by ? { by: parts.by, isDescending: parts.way === 'DESC' } : null,
  };
}

// Values of different kinds are not compared: the condition does not hold.
export function isBefore(one: unknown, other: unknown): boolean {
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0;
  return typeof one === 'number' && typeof other === 'number' && one < other;
}
