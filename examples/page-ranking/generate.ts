import { type GeneratedFile, pick, seeded, writeWhenRun } from "../seeded.ts";

/** A line of the log. */
export interface Request {
  readonly time: string;
  readonly host: string;
  readonly request: string;
}

const files = 6;
const requestsPerFile = 200;
const start = Date.UTC(2024, 4, 12, 9);
const hosts = ["ppp-2.tor.example.net", "gate.example.edu", "192.0.2.17", "lab-4.example.org"];
const requested = ["GET / HTTP/1.0", "GET /history/ HTTP/1.0", "GET /missions/missions.html HTTP/1.0", "GET /images/logo-small.gif HTTP/1.0", "POST /search HTTP/1.0", "GET /news.html HTTP/1.1"];

/**
 * Four hours of requests, file by file. Most come within four minutes of the newest; two in a hundred were kept back by a host that was cut off, for up
 * to three hours, which is more than the delay of the job's watermark.
 */
export function requests(): readonly (readonly Request[])[] {
  const random = seeded(20240512);
  return Array.from({ length: files }, (_, file) =>
    Array.from({ length: requestsPerFile }, (_, line) => {
      const moment = start + (file * requestsPerFile + line) * 12_000;
      const keptBack = random() < 0.02 ? random() * 3 * 3_600_000 : random() * 240_000;
      return { time: new Date(Math.floor(moment - keptBack)).toISOString(), host: pick(hosts, random), request: pick(requested, random) };
    }),
  );
}

/** The files, as JSON lines. */
export function generate(): readonly GeneratedFile[] {
  return requests().map((lines, file) => ({ name: `requests-${file + 1}.json`, text: `${lines.map((line) => JSON.stringify(line)).join("\n")}\n` }));
}

/** `npx tsx examples/page-ranking/generate.ts` writes the files anew. */
writeWhenRun(import.meta.url, generate);
