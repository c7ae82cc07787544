export function unframed(line: Uint8Array): string | null { return line.length === 0 ? null : `{"id":${line.length}}`; }
