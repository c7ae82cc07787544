import { generate, type Change } from "../../examples/cdc/generate.ts";
import { compare, grouped, json, sum } from "./plain-loops.ts";

/** What the cdc job must give when all changes are there, by query; each sorted by the text of its rows. */
export function changeAnswers(): Readonly<Record<string, readonly string[]>> {
  const changes = generate().flatMap(({ text }) => text.trimEnd().split("\n").map((line) => JSON.parse(line) as Change));
  const newest = [...grouped(changes, ({ id }) => String(id)).values()].flatMap((versions) => versions.reduce((a, b) => (b.version > a.version ? b : a)));
  const customers = newest.filter(({ op }) => op !== "d");
  const cities = json(
    [...grouped(customers, ({ city }) => String(city)).values()].map((living) => {
      const credits = living.map(({ credit }) => credit ?? 0);
      return { city: living[0]?.city ?? null, customers: living.length, credit: sum(credits), most: Math.max(...credits) };
    }),
  );
  return {
    current_customers: json(customers.map(({ id, name, city, credit }) => ({ id, name, city, credit }))).toSorted(compare),
    current_cities: cities.toSorted(compare),
    city_changes: cities.toSorted(compare),
  };
}
