export function write(rows: readonly { user: string; n: number }[], batch: number): void {
  void [rows, batch];
}
