import { generate as generateActivity } from "../../examples/activity/generate.ts";
import { type Measurement, measurements } from "../../examples/device-counts/generate.ts";
import { compare, grouped, json, mean } from "./plain-loops.ts";

/** What the device-counts job must give, by query. */
export function measurementAnswers(): Readonly<Record<string, readonly string[]>> {
  const now = generateActivity().flatMap(({ text }) => text.trimEnd().split("\n").map((line) => JSON.parse(line) as Measurement));
  const cells = grouped(now, keyOf);
  const before = grouped(measurements(), keyOf);
  const inOrder = (groups: ReadonlyMap<string, readonly Measurement[]>) => [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [{ gt: group[0].gt, model: group[0].model, group }])).sort((a, b) => nullsLast(a.gt, b.gt) || compare(a.model, b.model));
  return {
    device_counts: json([
      ...inOrder(cells).map(({ gt, model, group }) => ({ gt, model, ...averages(group), sets: 0 })),
      ...inOrder(grouped(now, ({ gt }) => gt ?? "")).map(({ gt, group }) => ({ gt, model: null, ...averages(group), sets: 1 })),
      ...inOrder(grouped(now.map((measurement) => ({ ...measurement, gt: null })), ({ model }) => model)).map(({ model, group }) => ({ gt: null, model, ...averages(group), sets: 2 })),
      { gt: null, model: null, ...averages(now), sets: 3 },
    ]),
    device_history: json(
      inOrder(cells).flatMap(({ gt, model, group }) => {
        const earlier = gt === null ? undefined : before.get(`${gt} ${model}`);
        if (earlier === undefined) return [];
        const [today, then] = [averages(group), averages(earlier)];
        return [{ gt, model, x: today.x, x_before: then.x, y: today.y, y_before: then.y, z: today.z, z_before: then.z }];
      }),
    ),
  };
}

function keyOf({ gt, model }: Measurement): string {
  return `${gt ?? ""} ${model}`;
}

function averages(group: readonly Measurement[]): { readonly x: number; readonly y: number; readonly z: number } {
  return { x: mean(group.map(({ x }) => x)), y: mean(group.map(({ y }) => y)), z: mean(group.map(({ z }) => z)) };
}

function nullsLast(a: string | null, b: string | null): number {
  return a === null || b === null ? Number(a === null) - Number(b === null) : compare(a, b);
}
