import { type Request, requests } from "../../examples/log-files/generate.ts";
import { compare, grouped, json, mean, sum } from "./plain-loops.ts";

const hour = 3_600_000;

/** What the log-files job must give, by query. */
export function requestAnswers(): Readonly<Record<string, readonly string[]>> {
  const all = requests();
  return {
    failures: json(
      all
        .filter(({ status, agent }) => status >= 500 && !agent.startsWith("Crawler"))
        .map(({ time, address, method, endpoint, status }) => ({ time: new Date(time).toISOString(), address, method, endpoint, status })),
    ),
    endpoints: json(
      [...grouped(all, ({ method, endpoint }) => `${method} ${endpoint}`)]
        .map(([key, group]) => {
          const [method = "", endpoint = ""] = key.split(" ");
          const sizes = sizesOf(group).sort((a, b) => a - b);
          const visitors = new Set(group.map(({ address }) => address)).size;
          const statistics = { mean: orNull(sizes, mean), least: orNull(sizes, ([least]) => least ?? 0), most: orNull(sizes, (some) => some.at(-1) ?? 0), median: percentile(sizes, 0.5), p95: percentile(sizes, 0.95) };
          return { method, endpoint, requests: group.length, ...statistics, visitors };
        })
        .sort((a, b) => b.requests - a.requests || compare(a.method, b.method) || compare(a.endpoint, b.endpoint)),
    ),
    replies: json([
      ...[...grouped(all, ({ method, status }) => `${method} ${status}`)].map(([key, group]) => ({ method: key.split(" ")[0] ?? "", status: Number(key.split(" ")[1]), ...load(group), sets: 0 })).sort((a, b) => compare(a.method, b.method) || a.status - b.status),
      ...[...grouped(all, ({ method }) => method)].map(([method, group]) => ({ method, status: null, ...load(group), sets: 1 })).sort((a, b) => compare(a.method, b.method)),
      ...[...grouped(all, ({ status }) => String(status))].map(([status, group]) => ({ method: null, status: Number(status), ...load(group), sets: 2 })).sort((a, b) => a.status - b.status),
      { method: null, status: null, ...load(all), sets: 3 },
    ]),
    hours: json(
      [...grouped(all, ({ time }) => String(Math.floor(time / hour) * hour))].flatMap(([start, inHour]) =>
        [...grouped(inHour, ({ agent }) => agent.split(/[^A-Za-z]/)[0]?.toLowerCase() ?? "")]
          .map(([agent, group]) => ({ window_start: isoOf(Number(start)), window_end: isoOf(Number(start) + hour), agent, requests: group.length, refused: group.filter(({ status }) => status >= 400).length, posts: group.filter(({ method }) => method === "POST").length }))
          .sort((a, b) => b.requests - a.requests || compare(a.agent, b.agent))
          .slice(0, 2),
      ),
    ),
  };
}

function load(group: readonly Request[]): { readonly requests: number; readonly bytes: number | null } {
  return { requests: group.length, bytes: orNull(sizesOf(group), sum) };
}

function sizesOf(group: readonly Request[]): number[] {
  return group.flatMap(({ bytes }) => bytes ?? []);
}

function orNull(values: readonly number[], statistic: (values: readonly number[]) => number): number | null {
  return values.length === 0 ? null : statistic(values);
}

/** Between the two neighbours in proportion, as Spark's Percentile takes them. */
function percentile(sorted: readonly number[], share: number): number | null {
  const position = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (below === undefined || above === undefined) return null;
  return below === above ? below : (Math.ceil(position) - position) * below + (position - Math.floor(position)) * above;
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
