/** A call of the database that did not succeed. Names what was tried and the code; never an item, a key or a text. */
export class CosmosFailure extends Error {
  /** The status of the answer, or what became of the connection, such as `ECONNRESET`. */
  readonly code: string;
  constructor(what: string, code: string) {
    super(`the database did not ${what} (${code})`);
    this.name = 'CosmosFailure';
    this.code = code;
  }
}

/** Answers after which it is certain that nothing has been written. */
const DEFINITE = ['400', '401', '403', '404', '409', '412', '413', '424', '429'];

/** The code of whatever the SDK has thrown; the SDK wraps what a batch has met in an error of its own. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.cause instanceof Error) return codeOf(error.cause);
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' || typeof code === 'number' ? String(code) : error.name;
}

/** Whether a write may have been done although it was not acknowledged: a reset, a timeout, a server in trouble. */
export function isUnclear(code: string): boolean {
  return !DEFINITE.includes(code);
}
