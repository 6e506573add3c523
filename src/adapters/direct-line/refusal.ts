/** A request that is not answered: its status, and what to tell the client's author. It holds nothing a person wrote. */
export class Refusal extends Error {
  readonly status: number;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | null;
  constructor(status: number, message: string, retryAfter: number | null = null) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
