import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** One file of the generated measurements. */
export interface ActivityFile {
  readonly name: string;
  readonly text: string;
}

const files = 8;
const linesPerFile = 500;
const users = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
const models = ["nexus4", "s3", "s3mini", "samsungold"];
/** What the wearer was doing; null between two activities. */
const activities: readonly (string | null)[] = ["stand", "sit", "walk", "stairsup", "stairsdown", "bike", null];
/** Milliseconds since the epoch. */
const start = 1_424_686_735_175;

/** A small generator of random numbers (mulberry32): the same seed gives the same numbers everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * What phones in pockets measured: eight files of 500 lines, the same at every call. A creation time counts nanoseconds since the
 * epoch; its 19 digits are more than a JavaScript number holds, so it is written digit by digit.
 */
export function generate(): readonly ActivityFile[] {
  const random = seeded(20150223);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new RangeError("nothing to choose from");
    return item;
  };
  const axis = (scale: number): number => Number(((random() - 0.5) * scale).toPrecision(8));
  return Array.from({ length: files }, (_, file) => {
    const lines: string[] = [];
    let wearer = { user: pick(users), model: pick(models), device: 1, gt: pick(activities) };
    for (let line = 0; line < linesPerFile; line++) {
      if (random() < 0.06) wearer = { user: pick(users), model: pick(models), device: 1 + Math.floor(random() * 2), gt: pick(activities) };
      const index = file * linesPerFile + line;
      const arrival = start + index * 203 + Math.floor(random() * 150);
      const created = `${arrival - Math.floor(random() * 2000)}${String(Math.floor(random() * 1e6)).padStart(6, "0")}`;
      const { user, model, device, gt } = wearer;
      const scale = gt === "stand" || gt === "sit" ? 0.02 : 4;
      lines.push(
        `{"index":${index},"arrival_time":${arrival},"creation_time":${created},"x":${axis(scale)},"y":${axis(scale)},"z":${axis(scale)},` +
          `"user":"${user}","device":"${model}_${device}","model":"${model}","gt":${JSON.stringify(gt)}}`,
      );
    }
    return { name: `activity-${file + 1}.json`, text: `${lines.join("\n")}\n` };
  });
}

/** `npx tsx examples/activity/generate.ts` writes the files anew. */
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL("data/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of generate()) writeFileSync(join(folder, name), text);
}
