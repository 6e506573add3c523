/** One sparse vector. */
export interface SparseVector {
  columns: Uint32Array;
  values: Float32Array;
}

/** Rows of a sparse matrix, one after another: row i is `columns`/`values` from `starts[i]` to `starts[i + 1]`. */
export interface SparseRows {
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float32Array;
}

/** Stacks vectors into rows, in memory that worker threads can share. */
export function stack(vectors: readonly SparseVector[]): SparseRows {
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (vectors.length + 1)));
  for (const [row, vector] of vectors.entries()) starts[row + 1] = (starts[row] ?? 0) + vector.columns.length;
  const size = starts[vectors.length] ?? 0;
  const columns = new Uint32Array(new SharedArrayBuffer(4 * size));
  const values = new Float32Array(new SharedArrayBuffer(4 * size));
  for (const [row, vector] of vectors.entries()) {
    columns.set(vector.columns, starts[row]);
    values.set(vector.values, starts[row]);
  }
  return { starts, columns, values };
}
