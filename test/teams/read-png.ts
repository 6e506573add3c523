import { inflateSync } from 'node:zlib';

/** A pixel: where it is, its colour as #rrggbb, and how opaque it is, 0 to 255. */
export interface Pixel {
  x: number;
  y: number;
  colour: string;
  alpha: number;
}

/** Reads a PNG of eight bits a channel that is not interlaced (PNG specification, sections 9 and 11). */
export function readPng(file: Uint8Array): { width: number; height: number; all(): Generator<Pixel> } {
  const bytes = Buffer.from(file);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const channels = { 2: 3, 6: 4 }[bytes.readUInt8(25)];
  if (bytes.readUInt8(24) !== 8 || channels === undefined || bytes.readUInt8(28) !== 0)
    throw new Error('This PNG is of a kind that the tests do not read');
  const raw = inflateSync(Buffer.concat(dataOf(bytes)));
  const stride = width * channels;
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw.readUInt8(y * (stride + 1));
    for (let i = 0; i < stride; i++) {
      const left = i >= channels ? out.readUInt8(y * stride + i - channels) : 0;
      const up = y > 0 ? out.readUInt8((y - 1) * stride + i) : 0;
      const corner = y > 0 && i >= channels ? out.readUInt8((y - 1) * stride + i - channels) : 0;
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] ?? 0;
      out.writeUInt8((raw.readUInt8(y * (stride + 1) + 1 + i) + guess) & 255, y * stride + i);
    }
  }
  return {
    width,
    height,
    *all() {
      for (let at = 0; at < out.length; at += channels) {
        const pixel = at / channels;
        yield {
          x: pixel % width,
          y: Math.floor(pixel / width),
          colour: `#${out.toString('hex', at, at + 3)}`,
          alpha: channels === 4 ? out.readUInt8(at + 3) : 255,
        };
      }
    },
  };
}

function dataOf(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return parts;
}

// The Paeth predictor.
function nearest(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
