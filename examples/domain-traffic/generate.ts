import { type GeneratedFile, seeded, writeWhenRun } from "../seeded.ts";

/** A hit of the log: when the page was asked for, which one, and how much was sent. */
export interface Hit {
  readonly time: string;
  readonly url: string;
  readonly bytes: number;
}

const files = 8;
const hitsPerFile = 250;
const start = Date.UTC(2024, 2, 4, 22);
/** Milliseconds that a hit comes after one that happened later, at most: less than the delay of the job's watermark. */
const disorder = 600_000;
/** How often each is visited, in parts. */
const domains: readonly (readonly [string, number])[] = [["news.example.org", 7], ["maps.example.com", 5], ["shop.example.com", 4], ["wiki.example.net", 3], ["mail.example.org", 2]];
const paths = ["", "/", "/index.html", "/search?q=http://elsewhere/", "/a/b/c"];

/** The hits of some fifteen hours, in the order in which the log got them; each hour has another favourite. */
export function hits(): readonly (readonly Hit[])[] {
  const random = seeded(20240304);
  return Array.from({ length: files }, (_, file) =>
    Array.from({ length: hitsPerFile }, (_, line) => {
      const moment = start + (file * hitsPerFile + line) * 27_000;
      const hour = Math.floor(moment / 3_600_000);
      const domain = domainAt(hour, random);
      const path = paths[Math.floor(random() * paths.length)] ?? "";
      return { time: new Date(moment - Math.floor(random() * disorder)).toISOString(), url: `https://${domain}${path}`, bytes: Math.floor(random() * 100_000) };
    }),
  );
}

/** The files, as JSON lines. */
export function generate(): readonly GeneratedFile[] {
  return hits().map((lines, file) => ({ name: `hits-${file + 1}.json`, text: `${lines.map((hit) => JSON.stringify(hit)).join("\n")}\n` }));
}

function domainAt(hour: number, random: () => number): string {
  const parts = domains.map(([domain, often], index) => [domain, often + (index === hour % domains.length ? 9 : 0)] as const);
  let left = random() * parts.reduce((sum, [, often]) => sum + often, 0);
  return parts.find(([, often]) => (left -= often) < 0)?.[0] ?? "";
}

/** `npx tsx examples/domain-traffic/generate.ts` writes the files anew. */
writeWhenRun(import.meta.url, generate);
