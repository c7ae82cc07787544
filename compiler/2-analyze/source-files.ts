/** Gives the TypeScript modules that a job imports; specifiers are relative to the job's file. */
export interface SourceFiles {
  /** The text and the path for messages; undefined where there is no such file. */
  read(specifier: string): { readonly path: string; readonly text: string } | undefined;
  /** The bytes of a file that is no text; undefined where there is none. Whoever holds texts alone need not have it. */
  readBytes?(specifier: string): Uint8Array | undefined;
}
