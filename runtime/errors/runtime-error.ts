/** `R70` host, `R71` rows, `R72` sources, `R73` sinks, `R74` checkpoint, `R75` state, `R76` queries and their run, `R79` our own bugs. */
export type RuntimeErrorCode = `R7${string}`;

export interface RuntimeErrorParts {
  readonly code: RuntimeErrorCode;
  /** What happened, in the user's words: lower case, no full stop, with what was expected and what was found. */
  readonly what: string;
  /** The file, offset or address that it is about. */
  readonly where?: string;
  /** What to do about it: the one edit or command. */
  readonly how?: string;
  readonly cause?: unknown;
}

/**
 * What stops a running query and is not our bug: every error of the runtime that a user can meet has a code, says what, where and
 * how to mend it, and is never a bare exception of a library. `message` holds all three for logs; `render` lays them out.
 */
export class SluiceRuntimeError extends Error {
  readonly code: RuntimeErrorCode;
  readonly what: string;
  readonly where: string | undefined;
  readonly how: string | undefined;

  constructor(parts: RuntimeErrorParts) {
    super(messageOf(parts), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = "SluiceRuntimeError";
    this.code = parts.code;
    this.what = parts.what;
    this.where = parts.where;
    this.how = parts.how;
  }

  /** The form that the command line prints: `error[R7401]: what`, then where and help on lines of their own. */
  render(): string {
    const lines = [`error[${this.code}]: ${this.what}`];
    if (this.where !== undefined) lines.push(`  --> ${this.where}`);
    if (this.how !== undefined) lines.push(`  help: ${this.how}`);
    return lines.join("\n");
  }
}

function messageOf(parts: RuntimeErrorParts): string {
  const where = parts.where === undefined ? "" : ` (${parts.where})`;
  const how = parts.how === undefined ? "" : `; ${parts.how}`;
  return `${parts.what}${where}${how}`;
}
