import type { SqlParameter, SqlQuerySpec } from '@azure/cosmos';

/** Conditions that must all hold, with their values as parameters: a value never becomes part of the text. */
export function conditions() {
  const parts: string[] = [];
  const parameters: SqlParameter[] = [];
  const parameter = (value: string | number | boolean) => {
    const name = `@p${parameters.length}`;
    parameters.push({ name, value });
    return name;
  };
  const containing = (field: string, part: string) => `CONTAINS(${path(field)}, ${parameter(part)})`;
  const self = {
    is(field: string, value: string | boolean | null) {
      parts.push(value === null ? `IS_NULL(${path(field)})` : `${path(field)} = ${parameter(value)}`);
      return self;
    },
    compare(field: string, operator: '<' | '<=' | '>', value: string | number) {
      parts.push(`${path(field)} ${operator} ${parameter(value)}`);
      return self;
    },
    contains(field: string, part: string) {
      parts.push(containing(field, part));
      return self;
    },
    /** @throws {RangeError} where there are no values: nothing could be found. */
    containsAny(field: string, values: readonly string[]) {
      if (values.length === 0) throw new RangeError(`no value for ${field}`);
      parts.push(`(${values.map((value) => containing(field, value)).join(' OR ')})`);
      return self;
    },
    /** @throws {RangeError} where there are no values: nothing could be found. */
    isIn(field: string, values: readonly string[]) {
      if (values.length === 0) throw new RangeError(`no value for ${field}`);
      parts.push(`${path(field)} IN (${values.map(parameter).join(', ')})`);
      return self;
    },
    /** The query; in one partition it may be ordered by one field. */
    select(fields: readonly string[] | '*', order?: { by: string; isDescending?: boolean }): SqlQuerySpec {
      const what = fields === '*' ? '*' : fields.map(path).join(', ');
      const ordered = order ? ` ORDER BY ${path(order.by)} ${order.isDescending ? 'DESC' : 'ASC'}` : '';
      return { query: `SELECT ${what} FROM c WHERE ${parts.join(' AND ')}${ordered}`, parameters };
    },
  };
  return self;
}

// In brackets, a field may be called what is a word of the language too.
function path(field: string): string {
  return `c["${field}"]`;
}
