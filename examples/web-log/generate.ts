import { type GeneratedFile, seeded, writeWhenRun } from "../seeded.ts";

const files = 8;
const linesPerFile = 2500;
/** Two files a day, from midnight in a place four hours behind UTC. */
const start = Date.UTC(2024, 4, 12, 4);
const halfDay = 12 * 60 * 60 * 1000;
const offset = 4 * 60 * 60 * 1000;

/** Pages with their weight and their usual size in bytes; a missing page has no size. */
const pages: readonly (readonly [path: string, weight: number, bytes: number])[] = [
  ["/", 90, 7074],
  ["/index.html", 45, 7074],
  ["/missions/", 60, 8677],
  ["/missions/missions.html", 30, 8677],
  ["/missions/orbiter-12/", 55, 12420],
  ["/missions/orbiter-12/crew.html", 22, 5210],
  ["/missions/orbiter-12/launch.html", 40, 3092],
  ["/missions/orbiter-11/", 25, 11853],
  ["/missions/orbiter-11/log.txt", 8, 48120],
  ["/countdown/", 70, 4324],
  ["/countdown/liftoff.html", 65, 5219],
  ["/countdown/faq.html", 18, 21290],
  ["/history/", 28, 1382],
  ["/history/first-flight.html", 16, 9205],
  ["/history/stations/alpha.html", 9, 6120],
  ["/facilities/pad-a.html", 14, 4911],
  ["/facilities/pad-b.html", 11, 5102],
  ["/software/tracker/", 13, 3260],
  ["/software/tracker/readme.txt", 7, 1713],
  ["/visitors/hours.html", 19, 2210],
  ["/visitors/tickets.html", 21, 2987],
  ["/news/", 33, 6300],
  ["/news/2024-05-13.html", 17, 4520],
  ["/search?q=launch", 12, 1890],
  ["/search?q=crew", 6, 1744],
];

const assets: typeof pages = [
  ["/images/logo-small.gif", 120, 786],
  ["/images/logo-medium.gif", 80, 5866],
  ["/images/launch-logo.gif", 60, 1713],
  ["/images/patch-12.jpg", 45, 42732],
  ["/images/crew-12.jpg", 25, 77163],
  ["/style/site.css", 70, 2290],
  ["/movies/liftoff.mpg", 5, 1185829],
  ["/archive/telemetry.zip", 3, 402119],
];

/** What everybody reads around the launch, in the afternoon of the second day. */
const launchPages: typeof pages = [
  ["/countdown/", 3, 4324],
  ["/countdown/liftoff.html", 5, 5219],
  ["/missions/orbiter-12/launch.html", 2, 3092],
];
const launch = start + 3.5 * halfDay;

const missing: typeof pages = [
  ["/missions/orbiter-13/", 8, 0],
  ["/pub/winvn/readme.txt", 5, 0],
  ["/favicon.ico", 14, 0],
  ["/history/first-fligth.html", 3, 0],
];

const networks: readonly (readonly [pattern: string, weight: number])[] = [
  ["ppp-#.tor.example.net", 30],
  ["dialup#.access.example.com", 24],
  ["host-#.campus.example.edu", 18],
  ["proxy#.cache.example.org", 10],
  ["198.51.100.#", 26],
  ["203.0.113.#", 14],
];

function choose<Item extends readonly [unknown, number, ...unknown[]]>(items: readonly Item[], random: () => number): Item {
  let left = random() * items.reduce((sum, [, weight]) => sum + weight, 0);
  const found = items.find(([, weight]) => (left -= weight) < 0) ?? items[0];
  if (found === undefined) throw new RangeError("nothing to choose from");
  return found;
}

function requestOf(time: number, random: () => number): { readonly request: string; readonly reply: string; readonly bytes: string | null } {
  const kind = random();
  const version = random() < 0.8 ? "HTTP/1.0" : "HTTP/1.1";
  if (kind < 0.005) return { request: "POST /search HTTP/1.0", reply: random() < 0.5 ? "200" : "501", bytes: random() < 0.5 ? "312" : null };
  if (kind < 0.015) return { request: `HEAD ${choose(pages, random)[0]} ${version}`, reply: "200", bytes: "0" };
  if (kind < 0.04) return { request: `GET ${choose(missing, random)[0]} ${version}`, reply: "404", bytes: "-" };
  if (kind < 0.043) return { request: `GET ${choose(pages, random)[0]} ${version}`, reply: random() < 0.6 ? "500" : "503", bytes: null };
  const everybodyWatches = Math.abs(time - launch) < halfDay / 3 && random() < 0.5;
  const [path, , bytes] = choose(kind < 0.55 ? assets : everybodyWatches ? launchPages : pages, random);
  const reply = random();
  if (reply < 0.09) return { request: `GET ${path} ${version}`, reply: "304", bytes: "0" };
  if (reply < 0.11) return { request: `GET ${path} ${version}`, reply: "302", bytes: "-" };
  return { request: `GET ${path} ${version}`, reply: "200", bytes: String(bytes) };
}

/** Local time with its offset, as many logs write it: `2024-05-12T10:11:12.000-04:00`. */
function localTime(time: number): string {
  return new Date(time - offset).toISOString().replace("Z", "-04:00");
}

/** The log: eight files of 2,500 lines in order of time, the same at every call. */
export function generate(): readonly GeneratedFile[] {
  const random = seeded(19950701);
  return Array.from({ length: files }, (_, file) => {
    const times = Array.from({ length: linesPerFile }, () => start + file * halfDay + Math.floor((random() * halfDay) / 1000) * 1000).sort((a, b) => a - b);
    const lines = times.map((time) => {
      const host = choose(networks, random)[0].replace("#", String(1 + Math.floor(random() ** 2 * 200)));
      const { request, reply, bytes } = requestOf(time, random);
      return JSON.stringify({ host, timestamp: localTime(time), request, http_reply: reply, bytes });
    });
    return { name: `web-log-${file + 1}.json`, text: `${lines.join("\n")}\n` };
  });
}

/** `npx tsx examples/web-log/generate.ts` writes the files anew. */
writeWhenRun(import.meta.url, generate);
