import { type GeneratedFile, pick, seeded, writeWhenRun } from "../seeded.ts";

/** A measurement of an earlier year: what the phone measured on three axes, which model it was, and what the wearer was doing. */
export interface Measurement {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly model: string;
  readonly gt: string | null;
}

/** One model of today's is not among them, and one activity of theirs is not among today's. */
const models = ["nexus4", "s3", "s3mini"];
const activities: readonly (string | null)[] = ["stand", "sit", "walk", "stairsup", "bike", "jog", null];

/** The 800 measurements of the year before, the same at every call. */
export function measurements(): readonly Measurement[] {
  const random = seeded(20140223);
  const axis = (scale: number): number => Number(((random() - 0.5) * scale).toPrecision(8));
  return Array.from({ length: 800 }, () => {
    const gt = pick(activities, random);
    const scale = gt === "stand" || gt === "sit" ? 0.02 : 4;
    return { x: axis(scale), y: axis(scale), z: axis(scale), model: pick(models, random), gt };
  });
}

/** The one file of them, as JSON lines. */
export function generate(): readonly GeneratedFile[] {
  return [{ name: "history.json", text: `${measurements().map((measurement) => JSON.stringify(measurement)).join("\n")}\n` }];
}

/** `npx tsx examples/device-counts/generate.ts` writes the file anew. */
writeWhenRun(import.meta.url, generate);
