import { readFileSync, readdirSync, realpathSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** How the lines are sent. */
export interface Pace {
  /** Lines a second, on average; 0 sends as fast as the reader takes them. */
  readonly linesPerSecond: number;
  /** The same seed gives bursts of the same sizes. */
  readonly seed: number;
}

/** A running server: `ended` resolves once a reader got every line and the server is closed. */
export interface LineServer {
  readonly port: number;
  readonly ended: Promise<void>;
  close(): void;
}

/** Lines of a burst, at most. */
const longestBurst = 400;

/** The lines of the data files, in order. */
export function logLines(folder: string = fileURLToPath(new URL("data/", import.meta.url))): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => readFileSync(`${folder}/${name}`, "utf8").split("\n").filter((line) => line !== ""));
}

/**
 * Listens on `port` of this machine (0: any free one) and sends the lines to the first reader, in bursts. A reader that comes
 * again after it broke off gets the lines that were not sent yet; when all are sent the connection and the server are closed.
 */
export async function serveLines(lines: readonly string[], port: number, pace: Pace): Promise<LineServer> {
  let next = 0;
  const readers = new Set<Socket>();
  const random = seeded(pace.seed);
  const server = createServer((reader) => {
    readers.add(reader);
    reader.on("error", () => reader.destroy());
    reader.on("close", () => readers.delete(reader));
    void send(reader);
  });

  async function send(reader: Socket): Promise<void> {
    while (next < lines.length && !reader.destroyed) {
      const burst = lines.slice(next, next + 1 + Math.floor(random() * longestBurst));
      next += burst.length;
      if (!reader.write(`${burst.join("\n")}\n`)) await drained(reader);
      if (pace.linesPerSecond > 0) await pause((burst.length / pace.linesPerSecond) * 1000);
    }
    if (next < lines.length) return;
    reader.end();
    server.close();
  }

  const ended = new Promise<void>((resolve) => server.once("close", resolve));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    ended,
    close() {
      for (const reader of readers) reader.destroy();
      server.close();
    },
  };
}

function drained(reader: Socket): Promise<void> {
  return new Promise((resolve) => {
    reader.once("drain", resolve);
    reader.once("close", resolve);
  });
}

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

/** `npx tsx examples/web-log/server.ts [--port 9999] [--lines-per-second 2000] [--seed 1]` */
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "9999" },
      "lines-per-second": { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
    },
  });
  const server = await serveLines(logLines(), Number(values.port), { linesPerSecond: Number(values["lines-per-second"]), seed: Number(values.seed) });
  process.stderr.write(`sending the web log to the first reader of 127.0.0.1:${server.port}\n`);
  await server.ended;
}
