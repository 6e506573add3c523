import { Refusal } from './refusal.ts';

/**
 * The position after which a client wants to read; 0, the beginning, where it names none (`-` is the hosted
 * service's way to say so).
 * @throws {Refusal} 400 for what is no watermark of ours.
 */
export function readWatermark(given: string | null): number {
  if (given === null || given === '' || given === '-') return 0;
  const position = Number(given);
  if (!/^\d{1,16}$/.test(given) || !Number.isSafeInteger(position))
    throw new Refusal(400, 'The watermark is not one that was given out here');
  return position;
}
