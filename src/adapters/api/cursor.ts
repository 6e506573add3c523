import { timingSafeEqual } from 'node:crypto';
import type { Minted } from '../../tickets/ticket-number.ts';
import { Problem } from './problem.ts';

/** Letters of the seal: 96 bits. */
const SEAL = 16;

/**
 * Cursors for programs: the store's own, sealed, so that none reaches the store that it did not give out.
 * `mint` gives names that cannot be guessed without the service's secret.
 */
export function cursorsBy(mint: (key: string) => Minted) {
  const sealOf = (cursor: string) => mint(`cursor\0${cursor}`).token.slice(0, SEAL);
  return {
    give: (cursor: string) => `${sealOf(cursor)}${Buffer.from(cursor).toString('base64url')}`,
    /** @throws {Problem} 400 where it is not one of ours. */
    take(given: string): string {
      const cursor = Buffer.from(given.slice(SEAL), 'base64url').toString();
      const [seal, expected] = [Buffer.from(given.slice(0, SEAL)), Buffer.from(sealOf(cursor))];
      if (seal.length !== expected.length || !timingSafeEqual(seal, expected))
        throw new Problem(400, 'invalid', 'The query does not fit', [
          { at: 'cursor', fault: 'is not one that was given out' },
        ]);
      return cursor;
    },
  };
}
