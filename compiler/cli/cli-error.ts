/** A mistake on the command line or with the files that it names: printed without a stack, exit code 1. */
export class CliError extends Error {
  /** The one edit or command that mends it. */
  readonly how: string | undefined;

  constructor(what: string, how?: string) {
    super(what);
    this.name = "CliError";
    this.how = how;
  }

  /** `error: what`, and the help on a line of its own; with a line end. */
  render(): string {
    return `error: ${this.message}\n${this.how === undefined ? "" : `  help: ${this.how}\n`}`;
  }
}
