/** Rows of a sparse matrix, one after another: row i is `columns`/`values` from `starts[i]` to `starts[i + 1]`. */
export interface SparseRows {
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float64Array;
}

/** One sparse vector. */
export interface SparseVector {
  columns: Uint32Array;
  values: Float64Array;
}

/** Stacks vectors into rows. */
export function stack(vectors: readonly SparseVector[]): SparseRows {
  const starts = new Uint32Array(vectors.length + 1);
  for (const [index, vector] of vectors.entries())
    starts[index + 1] = (starts[index] ?? 0) + vector.columns.length;
  const size = starts[vectors.length] ?? 0;
  const columns = new Uint32Array(size);
  const values = new Float64Array(size);
  for (const [index, vector] of vectors.entries()) {
    columns.set(vector.columns, starts[index]);
    values.set(vector.values, starts[index]);
  }
  return { starts, columns, values };
}
