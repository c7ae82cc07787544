import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";

interface Tick {
  readonly ticker: string;
  readonly at: Date;
  readonly price: number;
  readonly volume: number;
}

/**
 * Writes the ticks of a batch to `ticks-ID.json`, under that name only when they are all there and synced. A batch that is run again comes with
 * the same id and the same rows, so it writes the same bytes over the same file. A batch without ticks has no file.
 */
export async function save(ticks: readonly Tick[], batchId: number): Promise<void> {
  if (ticks.length === 0) return;
  const folder = process.env["TICKS_SAVED"] ?? ".sluice/stock-ticks-saved";
  await mkdir(folder, { recursive: true });
  const path = join(folder, `ticks-${batchId}.json`);
  const file = await open(`${path}.part`, "w");
  try {
    await file.writeFile(`${JSON.stringify({ batch: batchId, ticks }, null, 1)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}
