import { contentPath, isContent } from "../../examples/web-log/pages.ts";
import { generate } from "../../examples/web-log/generate.ts";
import { generate as generateActivity } from "../../examples/activity/generate.ts";
import { compare, grouped, json } from "./plain-loops.ts";

/** A line of the web log. */
export interface LogLine {
  readonly host: string;
  readonly timestamp: string;
  readonly request: string;
  readonly http_reply: string;
  readonly bytes: string | null;
}

/** What the web log's jobs must give, by plain loops over the lines and without a line of Sluice: rows as JSON, by query. */
export function webLogAnswers(): Readonly<Record<string, readonly string[]>> {
  const lines = webLogLines().map((line) => JSON.parse(line) as LogLine);
  return {
    record_count: json([{ records: lines.length }]),
    replies: json(
      [...grouped(lines, (line) => line.http_reply)]
        .map(([reply, group]) => ({ reply: Number(reply), hits: group.length, bytes: total(group) }))
        .sort((a, b) => b.hits - a.hits || a.reply - b.reply),
    ),
    daily_urls: json(
      [...grouped(lines, (line) => `${new Date(line.timestamp).toISOString().slice(0, 10)} ${urlOf(line)}`)]
        .map(([key, group]) => ({ day: key.slice(0, 10), url: key.slice(11), hits: group.length }))
        .sort((a, b) => compare(a.day, b.day) || b.hits - a.hits || compare(a.url, b.url)),
    ),
    content_pages: json(
      [...grouped(lines.filter((line) => isContent(line.request)), urlOf)]
        .map(([url, group]) => ({ url, hits: group.length, largest: largest(group) }))
        .sort((a, b) => b.hits - a.hits || compare(a.url, b.url)),
    ),
    urlranks: ranking(webLogLines()),
    failed_requests: json(
      lines
        .filter((line) => Number(line.http_reply) >= 400)
        .map((line) => ({ timestamp: new Date(line.timestamp).toISOString(), host: line.host, request: line.request, reply: Number(line.http_reply) })),
    ),
  };
}

/** What the activity job must give. Creation times are taken as text, because `JSON.parse` would round them. */
export function activityAnswers(): Readonly<Record<string, readonly string[]>> {
  const lines = generateActivity().flatMap(({ text }) => text.trimEnd().split("\n"));
  const kind = (line: string): string => JSON.stringify((JSON.parse(line) as { readonly gt: string | null }).gt);
  return {
    activity_counts: [...grouped(lines, kind)].map(([gt, group]) => `{"gt":${gt},"measured":${group.length}}`).sort(compare),
    simple_transform: lines
      .filter((line) => kind(line).includes("stairs"))
      .map((line) => {
        const [, arrival, creation, model] = /"arrival_time":(\d+),"creation_time":(\d+),.*"model":("\w+")/.exec(line) ?? [];
        return `{"gt":${kind(line)},"model":${model},"arrival_time":${arrival},"creation_time":${creation}}`;
      }),
  };
}

/** The lines of the web log, in order. */
export function webLogLines(): readonly string[] {
  return generate().flatMap(({ text }) => text.trimEnd().split("\n"));
}

/** Hits of each page in each window of six hours, a window every two; rows as JSON in the order of the ranking. */
export function ranking(lines: readonly string[]): readonly string[] {
  const hour = 3_600_000;
  const hits = new Map<string, number>();
  for (const { timestamp, request } of lines.map((line) => JSON.parse(line) as LogLine)) {
    const url = contentPath(request);
    if (url === null) continue;
    const newest = Math.floor(Date.parse(timestamp) / (2 * hour)) * 2 * hour;
    for (const start of [newest, newest - 2 * hour, newest - 4 * hour]) {
      const key = `${start} ${url}`;
      hits.set(key, (hits.get(key) ?? 0) + 1);
    }
  }
  const rows = [...hits].map(([key, count]) => {
    const [start = "", url = ""] = key.split(" ");
    return { url, window_start: new Date(Number(start)).toISOString(), window_end: new Date(Number(start) + 6 * hour).toISOString(), hits: count };
  });
  return json(rows.sort((a, b) => b.hits - a.hits || compare(a.url, b.url) || compare(a.window_start, b.window_start)));
}

function urlOf(line: LogLine): string {
  return /^[A-Z]+ ([^ ?]+)/.exec(line.request)?.[1] ?? "";
}

function sizeOf(line: LogLine): number | null {
  return line.bytes === null || line.bytes === "-" ? null : Number(line.bytes);
}

function total(lines: readonly LogLine[]): number | null {
  return lines.reduce<number | null>((sum, line) => (sizeOf(line) === null ? sum : (sum ?? 0) + (sizeOf(line) ?? 0)), null);
}

function largest(lines: readonly LogLine[]): number | null {
  const sizes = lines.flatMap((line) => sizeOf(line) ?? []);
  return sizes.length === 0 ? null : Math.max(...sizes);
}
