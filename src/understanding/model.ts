import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { SparseVector } from './sparse.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The trained classifier: for every feature a row of weights, one a label, as bytes with a scale a label. */
export interface Model {
  /** Hash of everything it was trained from. */
  hash: string;
  labels: readonly string[];
  vocabulary: Vocabulary;
  biases: Float64Array;
  scales: Float64Array;
  weights: Int8Array;
  /** Set by cross-validation: what divides scores before the softmax, and the weight of a lunr score beside them. */
  temperature: number;
  indexWeight: number;
}

const headerSchema = z.object({
  hash: z.string(),
  labels: z.array(z.string()),
  features: z.string(),
  biases: z.array(z.number()),
  scales: z.array(z.number()),
  temperature: z.number().positive(),
  indexWeight: z.number(),
});

/** The score of every label for a text, in the order of `model.labels`. */
export function scoreLabels(vector: SparseVector, model: Model): Float64Array {
  const count = model.labels.length;
  const sums = new Float64Array(count);
  for (const [position, column] of vector.columns.entries()) {
    const value = vector.values[position] ?? 0;
    const row = column * count;
    for (let label = 0; label < count; label += 1) sums[label]! += value * model.weights[row + label]!;
  }
  return sums.map((sum, label) => sum * model.scales[label]! + model.biases[label]!);
}

/** Writes a model: the length of a JSON header, the header, then document frequencies and weights as they are. */
export function writeModel(file: string, model: Model): void {
  const header = Buffer.from(
    JSON.stringify({
      hash: model.hash,
      labels: [...model.labels],
      features: [...model.vocabulary.index.keys()].join('\n'),
      biases: [...model.biases],
      scales: [...model.scales],
      temperature: model.temperature,
      indexWeight: model.indexWeight,
    } satisfies z.infer<typeof headerSchema>),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const idf = Buffer.from(Float32Array.from(model.vocabulary.idf).buffer);
  writeFileSync(file, Buffer.concat([length, header, idf, Buffer.from(model.weights.buffer)]));
}

/** Reads a model. @throws {Error} where the file is not one; `npm run build` makes it anew. */
export function readModel(file: string): Model {
  const bytes = readFileSync(file);
  const end = 4 + bytes.readUInt32LE(0);
  const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 4, end)));
  const features = header.features.split('\n');
  const idf = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + end, bytes.byteOffset + end + 4 * features.length),
  );
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset + end + 4 * features.length);
  if (weights.length !== features.length * header.labels.length)
    throw new Error(`${file} is cut short; run npm run build`);
  return {
    hash: header.hash,
    labels: header.labels,
    vocabulary: {
      index: new Map(features.map((feature, column) => [feature, column])),
      idf: Float64Array.from(idf),
    },
    biases: Float64Array.from(header.biases),
    scales: Float64Array.from(header.scales),
    weights,
    temperature: header.temperature,
    indexWeight: header.indexWeight,
  };
}

/** The hash of the inputs that the model in a file was trained from, or null where there is no such file. */
export function modelHash(file: string): string | null {
  try {
    return readModel(file).hash;
  } catch {
    return null;
  }
}
