import { type GeneratedFile, pick, seeded, writeWhenRun } from "../seeded.ts";

const files = 6;
const clicksPerFile = 25;
const start = Date.UTC(2024, 4, 13, 8);
const minute = 60_000;
const users = ["ann", "bob", "cem", "dora", "emil", "fay", "gil", "hana"];
const pages = ["/", "/docs", "/docs/windows", "/pricing", "/news"];

/** Clicks of an hour and a half a file, up to ten minutes out of order; nobody's click comes later than the watermark allows. */
export function generate(): readonly GeneratedFile[] {
  const random = seeded(20240513);
  const clicks = Array.from({ length: files * clicksPerFile }, (_, index) => {
    const arrived = start + Math.floor((index * 90 * minute) / clicksPerFile / 1000) * 1000;
    return { at: new Date(arrived - Math.floor(random() * 600) * 1000).toISOString(), user: pick(users, random), page: pick(pages, random) };
  });
  return Array.from({ length: files }, (_, file) => {
    const lines = clicks.slice(file * clicksPerFile, (file + 1) * clicksPerFile).map((click) => JSON.stringify(click));
    return { name: `clicks-${file + 1}.json`, text: `${lines.join("\n")}\n` };
  });
}

/** `npx tsx examples/hand-sessions/generate.ts` writes the files anew. */
writeWhenRun(import.meta.url, generate);
