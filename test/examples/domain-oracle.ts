import { hits } from "../../examples/domain-traffic/generate.ts";
import { grouped, json, sum, type Row } from "./plain-loops.ts";

const hour = 3_600_000;

interface Visit {
  readonly domain: string;
  readonly time: number;
  readonly bytes: number;
}

/** What the domain-traffic job must give, by query, sorted. */
export function domainAnswers(): Readonly<Record<string, readonly string[]>> {
  const visits = hits().flat().map(({ time, url, bytes }): Visit => ({ domain: new URL(url).hostname, time: Date.parse(time), bytes }));
  const hourly = windowed(visits, hour, hour);
  const answers = {
    two_hours: windowed(visits, 2 * hour, hour),
    each_hour: hourly,
    largest_domain: [...grouped(hourly, ({ window_start }) => String(window_start))].map(([, rows]) => largest(rows)),
    today: windowed(visits, 24 * hour, 24 * hour).map(({ domain = "", window_start = "", window_end = "", hits: count = 0 }) => ({ domain, window_start, window_end, hits: count })),
  };
  return Object.fromEntries(Object.entries(answers).map(([query, rows]) => [query, json(rows).toSorted()]));
}

/** Hits and bytes of each domain in each window. */
function windowed(visits: readonly Visit[], size: number, slide: number): readonly Row[] {
  const inWindows = visits.flatMap((visit) => {
    const newest = Math.floor(visit.time / slide) * slide;
    return Array.from({ length: size / slide }, (_, back) => ({ ...visit, start: newest - back * slide }));
  });
  return [...grouped(inWindows, ({ domain, start }) => `${domain} ${start}`).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ domain: first.domain, window_start: isoOf(first.start), window_end: isoOf(first.start + size), hits: group.length, bytes: sum(group.map(({ bytes }) => bytes)) }];
  });
}

/** The row of most hits among those of one hour; the data has no two of equally many. */
function largest(rows: readonly Row[]): Row {
  const [first, second] = [...rows].sort((a, b) => Number(b["hits"]) - Number(a["hits"]));
  if (first === undefined || first["hits"] === second?.["hits"]) throw new RangeError("which domain is the largest depends on the order of rows");
  const { window_start = "", window_end = "", domain = "", hits: count = 0 } = first;
  return { window_start, window_end, domain, hits: count };
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
