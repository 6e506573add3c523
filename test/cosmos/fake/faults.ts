/** What a request does to the data. */
export type Kind = 'read' | 'query' | 'batch';

/** What goes wrong with a request. */
export type Fault =
  /** The connection breaks before anything is done, or after all of it is. */
  | 'reset-before'
  | 'reset-after'
  /** No answer ever comes; nothing is done, or all of it. */
  | 'silence-before'
  | 'silence-after'
  /** The client has given up long before it is done, yet it is done. */
  | 'late'
  | '503-before'
  | '503-after'
  | '408-after'
  | '449'
  | '429';

/** The faults that are to come. */
export class Faults {
  #coming: { kind: Kind; container: string; fault: Fault }[] = [];
  #each: { container: string; fault: Fault; met: Set<string> } | null = null;
  /** How many have happened. */
  happened = 0;

  /** The next request of the kind meets the fault; several are met one after the other. */
  next(kind: Kind, container: string, ...faults: readonly Fault[]): void {
    this.#coming.push(...faults.map((fault) => ({ kind, container, fault })));
  }

  /** From now on every write to the container meets the fault at its first attempt; null: none does. */
  atEachWrite(container: string, fault: Fault | null): void {
    this.#each = fault && { container, fault, met: new Set() };
  }

  take(kind: Kind, container: string, body: string): Fault | null {
    const at = this.#coming.findIndex((each) => each.kind === kind && each.container === container);
    const fault =
      at < 0 ? this.#first(kind, container, body) : (this.#coming.splice(at, 1)[0]?.fault ?? null);
    if (fault) this.happened += 1;
    return fault;
  }

  // An attempt made again has the same body.
  #first(kind: Kind, container: string, body: string): Fault | null {
    const each = this.#each;
    if (!each || kind !== 'batch' || each.container !== container || each.met.has(body)) return null;
    each.met.add(body);
    return each.fault;
  }
}
