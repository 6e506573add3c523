import type { Storage, StoreItem, StoreItems } from 'botbuilder';
import { z } from 'zod';
import type { DocumentStore } from '../../tickets/ticket-store.ts';

/** The eTag of an item that must not exist yet; any other means what it means to the SDK ('*' or none: overwrite). */
export const NEW = 'new';

const itemSchema = z.looseObject({ eTag: z.string().optional() });

/** The SDK's Storage on our own document store, where idle items expire. */
export class BotStorage implements Storage {
  readonly #documents: DocumentStore;
  readonly #clock: () => Date;
  readonly #hours: number;

  /** `hours`: how long an item lives after it was last written. */
  constructor(documents: DocumentStore, clock: () => Date, hours: number) {
    this.#documents = documents;
    this.#clock = clock;
    this.#hours = hours;
  }

  async read(keys: string[]): Promise<StoreItems> {
    const found = await this.#documents.read(keys, this.#clock());
    return Object.fromEntries(
      [...found].map(([key, { value, etag }]) => [key, { ...itemSchema.parse(value), eTag: etag }]),
    );
  }

  /** @throws {EtagMismatch} where an item has changed since it was read. */
  async write(changes: StoreItems): Promise<void> {
    const now = this.#clock();
    const expires = new Date(now.getTime() + this.#hours * 3_600_000);
    for (const [key, item] of Object.entries(changes)) {
      const { eTag = '*', ...value } = item as StoreItem;
      await this.#documents.write(key, value, eTag === NEW ? null : eTag, now, expires);
    }
  }

  async delete(keys: string[]): Promise<void> {
    await this.#documents.delete(keys);
  }
}
