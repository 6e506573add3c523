import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A key by its id, which stands beside everything sealed with it. 32 bytes. */
export interface SealingKey {
  id: string;
  key: Uint8Array;
}

/** Encrypts what is personal before it is written, and reads it back. */
export interface Sealing {
  /** `place` names the row: sealed text that is moved into another row does not open. */
  seal(text: string, place: string): string;
  /**
   * What was never sealed is read as it is, unless everything is sealed.
   * @throws {SealingError} where its key is not at hand, or it was changed or put there unsealed.
   */
  open(stored: string, place: string): string;
  /** What a value is found by without standing there: under the current key first, then under those before it. */
  marks(value: string): readonly [string, ...string[]];
  /** Whether text is sealed with the current key, as everything is after a rotation. */
  isCurrent(stored: string): boolean;
}

/** Something sealed cannot be opened. Says which key it wants, never what it holds. */
export class SealingError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SealingError';
  }
}

const SEALED = /^sealed:([\w-]{1,32}):([\w-]+):([\w-]+):([\w-]*)$/;

/** Without keys everything is written as it is. */
export const unsealed: Sealing = {
  seal: (text) => text,
  open(stored) {
    const [, id] = SEALED.exec(stored) ?? [];
    if (id !== undefined)
      throw new SealingError(`what is stored was sealed with the key ${id}: DATA_KEYS must hold it`);
    return stored;
  },
  marks: (value) => [createHmac('sha256', 'unsealed').update(value).digest('hex')],
  isCurrent: (stored) => !isSealed(stored),
};

/** Whether text is sealed, with whatever key. */
export function isSealed(stored: string): boolean {
  return SEALED.test(stored);
}

/**
 * Sealing with AES-256-GCM (NIST SP 800-38D; 96-bit random nonces). The first key seals, all of them open. `isWhole`:
 * everything is sealed, and what is not was put there by somebody else.
 * @throws {RangeError} where there is no key, or one is not 32 bytes long.
 */
export function sealingWith(keys: readonly SealingKey[], isWhole = false): Sealing {
  const derived = keys.map(({ id, key }) => {
    if (key.length !== 32) throw new RangeError(`the key ${id} must have 32 bytes`);
    const part = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `sekretessassistenten ${use}`, 32));
    return { id, body: part('body'), mark: part('mark') };
  });
  const [current] = derived;
  if (!current) throw new RangeError('sealing needs a key');
  const markUnder = (value: string, key: Buffer) => createHmac('sha256', key).update(value).digest('hex');
  return {
    seal(text, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.body, nonce).setAAD(Buffer.from(place));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'));
      return `sealed:${current.id}:${parts.join(':')}`;
    },
    open(stored, place) {
      const [, id, nonce = '', tag = '', sealed = ''] = SEALED.exec(stored) ?? [];
      if (id === undefined) {
        if (isWhole)
          throw new SealingError(`what is stored in ${place} is not sealed, as everything here is`);
        return stored;
      }
      const key = derived.find((each) => each.id === id);
      if (!key)
        throw new SealingError(`what is stored was sealed with the key ${id}: DATA_KEYS must hold it`);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key.body, Buffer.from(nonce, 'base64url'))
          .setAAD(Buffer.from(place))
          .setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(sealed, 'base64url'), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new SealingError(`what is stored in ${place} was changed, or sealed with another key ${id}`, {
          cause,
        });
      }
    },
    marks: (value) => {
      const [first, ...others] = derived.map(({ mark }) => markUnder(value, mark));
      return [first ?? '', ...others, ...unsealed.marks(value)];
    },
    isCurrent: (stored) => stored.startsWith(`sealed:${current.id}:`),
  };
}
