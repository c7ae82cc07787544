/** A bug in the compiler (E9xxx), never a user's mistake: thrown, and reported with a request to tell us. */
export class InternalError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${message} (this is a bug in the compiler)`);
    this.name = "InternalError";
    this.code = code;
  }
}

export function internalError(code: string, message: string): never {
  throw new InternalError(code, message);
}
