import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type MeaningKind, meaningKinds } from './meaning-kind.ts';
import type { SparseVector } from './sparse.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The trained classifier: for every feature a row of weights, as bytes with a scale a column. The columns are the
 * labels, then the kinds (question, request, …): telling a wish from a question is learnt from all of them together.
 */
export interface Model {
  /** Hash of everything it was trained from. */
  hash: string;
  labels: readonly string[];
  kinds: readonly MeaningKind[];
  /** The kind of each label, as a position in `kinds`. */
  kindOf: readonly number[];
  vocabulary: Vocabulary;
  biases: Float64Array;
  scales: Float64Array;
  weights: Int8Array;
  /** What each kind starts with, in the order of `kinds`; fitted on held-out rows. */
  headStarts: readonly number[];
  /** What divides scores before the softmax; fitted on held-out rows. */
  temperature: number;
}

const headerSchema = z.object({
  hash: z.string(),
  labels: z.array(z.string()),
  kinds: z.array(z.enum(meaningKinds)),
  kindOf: z.array(z.number().int()),
  features: z.string(),
  biases: z.array(z.number()),
  scales: z.array(z.number()),
  headStarts: z.array(z.number()),
  temperature: z.number().positive(),
});

// How much a kind's own score counts beside its label's; chosen on whole passes held out.
const KIND_WEIGHT = 0.3;

/** The score of every label for a text, in the order of `model.labels`. */
export function scoreLabels(vector: SparseVector, model: Model): Float64Array {
  const count = model.biases.length;
  const sums = new Float64Array(count);
  for (const [position, column] of vector.columns.entries()) {
    const value = vector.values[position] ?? 0;
    const row = column * count;
    for (let each = 0; each < count; each += 1) sums[each]! += value * model.weights[row + each]!;
  }
  const scores = sums.map((sum, each) => sum * model.scales[each]! + model.biases[each]!);
  return scores.slice(0, model.labels.length).map((score, label) => {
    const kind = model.kindOf[label]!;
    return score + KIND_WEIGHT * scores[model.labels.length + kind]! + model.headStarts[kind]!;
  });
}

/** Writes a model: the length of a JSON header, the header, then document frequencies and weights as they are. */
export function writeModel(file: string, model: Model): void {
  const header = Buffer.from(
    JSON.stringify({
      hash: model.hash,
      labels: [...model.labels],
      kinds: [...model.kinds],
      kindOf: [...model.kindOf],
      features: [...model.vocabulary.index.keys()].join('\n'),
      biases: [...model.biases],
      scales: [...model.scales],
      headStarts: [...model.headStarts],
      temperature: model.temperature,
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
  if (weights.length !== features.length * header.biases.length)
    throw new Error(`${file} is cut short; run npm run build`);
  return {
    hash: header.hash,
    labels: header.labels,
    kinds: header.kinds,
    kindOf: header.kindOf,
    vocabulary: {
      index: new Map(features.map((feature, column) => [feature, column])),
      idf: Float64Array.from(idf),
    },
    biases: Float64Array.from(header.biases),
    scales: Float64Array.from(header.scales),
    weights,
    headStarts: header.headStarts,
    temperature: header.temperature,
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
