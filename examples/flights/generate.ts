import { type GeneratedFile, pick, seeded, writeWhenRun } from "../seeded.ts";

/** How many flights went from one country to another in a year. */
export interface Route {
  readonly year: number;
  readonly destination: string;
  readonly origin: string;
  readonly count: number;
}

const years = [2010, 2011, 2012, 2013, 2014, 2015];
const countries = [
  "United States", "Canada", "Mexico", "Ireland", "Korea, South", "Romania", "Saint Martin", "Croatia", "Grenada",
  'Côte "Ivoire"', "New Zealand", "Egypt", "Senegal", "Iceland", "Brazil", "Bahamas, The", "Ecuador", "Portugal",
];

/** Routes in order of the years, the same at every call; some countries have flights within, in some years. */
export function routes(): readonly Route[] {
  const random = seeded(20101124);
  return years.flatMap((year) => {
    const seen = new Set<string>();
    const some: Route[] = [];
    while (some.length < 60) {
      const isHub = random() < 0.4;
      const destination = isHub && random() < 0.5 ? "United States" : pick(countries, random);
      const origin = isHub && destination !== "United States" ? "United States" : random() < 0.08 ? destination : pick(countries, random);
      if (seen.has(`${destination} from ${origin}`)) continue;
      seen.add(`${destination} from ${origin}`);
      some.push({ year, destination, origin, count: 1 + Math.floor(random() ** 3 * (isHub ? 9000 : 400)) });
    }
    return some;
  });
}

/** A CSV file a year. The files have their columns in one order up to 2012 and in another from then on. */
export function generate(): readonly GeneratedFile[] {
  return years.map((year) => {
    const columns: readonly (keyof Route)[] = year <= 2012 ? ["destination", "origin", "count"] : ["origin", "count", "destination"];
    const rows = routes().filter((route) => route.year === year);
    const lines = [columns.join(","), ...rows.map((route) => columns.map((column) => field(String(route[column]))).join(","))];
    return { name: `flights-${year}.csv`, text: `${lines.join("\n")}\n` };
  });
}

function field(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `npx tsx examples/flights/generate.ts` writes the files anew. */
writeWhenRun(import.meta.url, generate);
