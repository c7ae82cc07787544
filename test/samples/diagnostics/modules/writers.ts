export const named = { open(partition: string): boolean { return partition !== ""; }, process(row: { page: string }): void { void row; } };
export const closed = { process(row: { page: string }): void { void row; }, close(error: string): void { void error; } };
export const wrong = { process(row: { page: number; usr: bigint | null; user: bigint }): void { void row; } };
export const silent = { process(row: { n: bigint | null }): void { void row; } };
export const reader = { read(): string { return ""; } };
export const puller = { latest(): number { return 0; }, read(from: number | undefined, to: number): readonly { id: number }[] { return [{ id: (from ?? 0) + to }]; } };
export class Writer {
  process(row: { page: string }): void { void row; }
}
export function each(row: { page: string }): void { void row; }
export function frames(line: string): string { return line; }
export async function later(line: Uint8Array): Promise<string> { return String(line.length); }
