import { type GeneratedFile, pick, seeded, writeWhenRun } from "../seeded.ts";

/** A request that a server answered. */
export interface Request {
  readonly address: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly method: string;
  readonly endpoint: string;
  readonly status: number;
  /** Absent where nothing was sent. */
  readonly bytes: number | undefined;
  readonly agent: string;
}

const files = 4;
const linesPerFile = 750;
const start = Date.UTC(2024, 10, 3, 6);
const endpoints = ["/", "/cart", "/checkout", "/images/hero.jpg", "/login", "/products", "/search"];
const agents = ["curl/8.5.0", 'Mozilla/5.0 (X11; Linux x86_64, like "Gecko")', "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4)", "Crawler, friendly"];

/** The 3,000 requests in order of time, the same at every call. */
export function requests(): readonly Request[] {
  const random = seeded(20241103);
  let time = start;
  return Array.from({ length: files * linesPerFile }, () => {
    time += Math.floor(random() * 20_000);
    const endpoint = pick(endpoints, random);
    const writes = (endpoint === "/login" || endpoint === "/checkout" || endpoint === "/cart") && random() < 0.6;
    const method = writes ? (endpoint === "/cart" && random() < 0.3 ? "DELETE" : "POST") : random() < 0.03 ? "HEAD" : "GET";
    const chance = random();
    const status = chance < 0.02 ? 500 : chance < 0.03 ? 503 : chance < 0.07 ? 404 : chance < 0.15 ? 304 : writes ? 201 : 200;
    const hasBody = method !== "HEAD" && method !== "DELETE" && status !== 304;
    const size = Math.floor(200 + random() ** 4 * (endpoint.endsWith(".jpg") ? 900_000 : 40_000));
    return { address: `198.51.100.${1 + Math.floor(random() ** 2 * 120)}`, time, method, endpoint, status, bytes: hasBody ? size : undefined, agent: pick(agents, random) };
  });
}

/** Four CSV files of 750 lines without a header; `-` where nothing was sent. */
export function generate(): readonly GeneratedFile[] {
  const lines = requests().map(({ address, time, method, endpoint, status, bytes, agent }) => {
    const quoted = /[",]/.test(agent) ? `"${agent.replaceAll('"', '""')}"` : agent;
    return `${address},${new Date(time).toISOString()},${method},${endpoint},${status},${bytes ?? "-"},${quoted}\n`;
  });
  return Array.from({ length: files }, (_, file) => ({ name: `requests-${file + 1}.csv`, text: lines.slice(file * linesPerFile, (file + 1) * linesPerFile).join("") }));
}

/** `npx tsx examples/log-files/generate.ts` writes the files anew. */
writeWhenRun(import.meta.url, generate);
