/** An error as Node's file system and network throw it. */
export class SimSystemError extends Error {
  readonly code: string;

  constructor(code: string, operation: string, subject: string) {
    super(`${code}: ${operation} '${subject}'`);
    this.name = "SimSystemError";
    this.code = code;
  }
}
