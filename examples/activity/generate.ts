import { type GeneratedFile, pick, seeded, writeWhenRun } from "../seeded.ts";

const files = 8;
const linesPerFile = 500;
const users = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
const models = ["nexus4", "s3", "s3mini", "samsungold"];
/** What the wearer was doing; null between two activities. */
const activities: readonly (string | null)[] = ["stand", "sit", "walk", "stairsup", "stairsdown", "bike", null];
/** Milliseconds since the epoch. */
const start = 1_424_686_735_175;

/**
 * What phones in pockets measured: eight files of 500 lines, the same at every call. A creation time counts nanoseconds since the
 * epoch; its 19 digits are more than a JavaScript number holds, so it is written digit by digit.
 */
export function generate(): readonly GeneratedFile[] {
  const random = seeded(20150223);
  const axis = (scale: number): number => Number(((random() - 0.5) * scale).toPrecision(8));
  return Array.from({ length: files }, (_, file) => {
    const lines: string[] = [];
    let wearer = { user: pick(users, random), model: pick(models, random), device: 1, gt: pick(activities, random) };
    for (let line = 0; line < linesPerFile; line++) {
      if (random() < 0.06) wearer = { user: pick(users, random), model: pick(models, random), device: 1 + Math.floor(random() * 2), gt: pick(activities, random) };
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
writeWhenRun(import.meta.url, generate);
