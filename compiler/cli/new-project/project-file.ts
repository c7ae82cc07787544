/** A file of a new project: `path` relative to its folder, with `/`; `text` with a final line end. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** Lines as the text of a file. */
export function textOf(...lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
