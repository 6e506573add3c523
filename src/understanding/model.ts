import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Curve } from './calibration.ts';
import type { Classifier } from './classifier.ts';
import type { FeatureReader } from './features.ts';
import type { Network } from './network.ts';

/** The trained understanding of a notice: the classifier, and what turns its scores into probabilities. */
export interface Model {
  /** Hash of everything it was trained from. */
  hash: string;
  classifier: Classifier;
  /** Tells how the writer of a text is related to the company. */
  relations: Classifier;
  /** What divides the logarithms of probabilities; fitted on rows held out. */
  temperature: number;
  /** What is added to each label's: the bank is spread over the kinds of meanings otherwise than life. */
  shifts: readonly number[];
  /** From the probability of a decision to how often such a decision is right. */
  curve: Curve;
}

const sizes = z.object({
  labels: z.array(z.string()),
  width: z.number().int(),
  hidden: z.array(z.number().int()),
});
const headerSchema = z.object({
  hash: z.string(),
  classifier: sizes,
  relations: sizes,
  temperature: z.number().positive(),
  shifts: z.array(z.number()),
  curve: z.array(z.tuple([z.number(), z.number()])),
});
type Header = z.infer<typeof headerSchema>;
/** Arrays begin at a multiple of so many bytes. */
const WORD = 4;
type Numbers = Uint32Array | Float32Array | Int8Array;

/** Writes a model: the length of a JSON header, the header, then the arrays of its classifiers one after another. */
export function writeModel(file: string, model: Model): void {
  const { hash, temperature, shifts, curve, classifier, relations } = model;
  const json = Buffer.from(
    JSON.stringify({
      hash,
      classifier: sizesOf(classifier),
      relations: sizesOf(relations),
      temperature,
      shifts: [...shifts],
      curve: curve.map(([said, right]) => [said, right]),
    } satisfies Header),
  );
  // Padded, so that the numbers behind it can be read where they lie.
  const header = Buffer.concat([json, Buffer.alloc((WORD - (json.length % WORD)) % WORD, ' ')]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const arrays = [...arraysOf(classifier), ...arraysOf(relations)];
  const bytes = arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  writeFileSync(file, Buffer.concat([length, header, ...bytes]));
}

function sizesOf({ labels, vocabulary, networks }: Classifier): z.infer<typeof sizes> {
  return {
    labels: [...labels],
    width: vocabulary.idf.length,
    hidden: networks.map((network) => network.hidden),
  };
}

function arraysOf({ vocabulary, networks }: Classifier): Numbers[] {
  return [
    Uint32Array.from(vocabulary.columns.keys()),
    vocabulary.idf,
    ...networks.flatMap(({ input, scales, hiddenBias, output, outputBias }) => [
      scales,
      hiddenBias,
      output,
      outputBias,
      input,
    ]),
  ];
}

/**
 * Reads a model, whose texts are read by `read`.
 * @throws {Error} where the file is not one or is cut short; `npm run build` makes it anew.
 */
export function readModel(file: string, read: FeatureReader): Model {
  const bytes = readFileSync(file);
  let at = 4 + bytes.readUInt32LE(0);
  const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 4, at)));
  const take = (length: number) => {
    if (at + length > bytes.length) throw new Error(`${file} is cut short; run npm run build`);
    at += length;
    return bytes.byteOffset + at - length;
  };
  const floats = (count: number) => new Float32Array(bytes.buffer, take(WORD * count), count);
  const classifier = ({ labels, width, hidden }: z.infer<typeof sizes>): Classifier => {
    const columns = new Map<number, number>();
    for (const feature of new Uint32Array(bytes.buffer, take(WORD * width), width))
      columns.set(feature, columns.size);
    const idf = floats(width);
    const networks = hidden.map(
      (units): Network => ({
        hidden: units,
        labels: labels.length,
        scales: floats(width),
        hiddenBias: floats(units),
        output: floats(units * labels.length),
        outputBias: floats(labels.length),
        input: new Int8Array(bytes.buffer, take(width * units), width * units),
      }),
    );
    return { labels, vocabulary: { columns, idf }, networks, read };
  };
  const { hash, temperature, shifts, curve } = header;
  return {
    hash,
    classifier: classifier(header.classifier),
    relations: classifier(header.relations),
    temperature,
    shifts,
    curve,
  };
}

/** The hash of the inputs that the model in a file was trained from, or null where there is no such file. */
export function modelHash(file: string): string | null {
  try {
    const handle = openSync(file, 'r');
    try {
      const length = Buffer.alloc(4);
      readSync(handle, length, 0, 4, 0);
      const header = Buffer.alloc(length.readUInt32LE(0));
      readSync(handle, header, 0, header.length, 4);
      return headerSchema.parse(JSON.parse(header.toString('utf8'))).hash;
    } finally {
      closeSync(handle);
    }
  } catch {
    return null;
  }
}
