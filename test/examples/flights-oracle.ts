import { routes } from "../../examples/flights/generate.ts";
import { compare, grouped, json, sum } from "./plain-loops.ts";

/** What both flights jobs must give, by query. */
export function flightAnswers(): Readonly<Record<string, readonly string[]>> {
  const all = routes();
  const [busiest] = [...all].sort((a, b) => b.count - a.count);
  if (busiest === undefined) throw new RangeError("no routes");
  return {
    within: json(all.filter(({ origin, destination }) => origin === destination).map(({ year, origin, count }) => ({ file: `flights-${year}.csv`, country: origin, count }))),
    busiest_route: json([{ destination: busiest.destination, origin: busiest.origin, count: busiest.count }]),
    destinations: json(
      [...grouped(all, ({ destination }) => destination)]
        .map(([destination, group]) => ({ destination, flights: sum(group.map(({ count }) => count)), origins: new Set(group.map(({ origin }) => origin)).size }))
        .sort((a, b) => b.flights - a.flights || compare(a.destination, b.destination))
        .slice(0, 5),
    ),
  };
}
