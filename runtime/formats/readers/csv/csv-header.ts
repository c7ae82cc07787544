import { SluiceRuntimeError } from "../../../errors/runtime-error.ts";

/** Where each declared column stands in the records of one file: by the place of a field, the column's number, or −1. */
export type ColumnPlaces = readonly number[];

/**
 * Finds the declared columns in a file's header, by their exact names or else in any case; columns that the schema does not name are
 * passed over. A header that has not all of them is an error, whatever becomes of malformed records: its file is another one than the
 * job was written for (Spark with `enforceSchema=false`: CSVHeaderChecker).
 */
export function placesInHeader(header: readonly string[], columns: readonly string[], origin: string): ColumnPlaces {
  const places = header.map(() => -1);
  columns.forEach((column, number) => {
    const exact = placesOf(header, (name) => name === column);
    const found = exact.length > 0 ? exact : placesOf(header, (name) => name.toLowerCase() === column.toLowerCase());
    const [place] = found;
    if (place === undefined) throw headerProblem(`the header has no column \`${column}\``, header, origin);
    if (found.length > 1) throw headerProblem(`the header has \`${column}\` ${found.length} times`, header, origin);
    places[place] = number;
  });
  return places;
}

function placesOf(header: readonly string[], is: (name: string) => boolean): readonly number[] {
  return header.flatMap((name, place) => (is(name) ? [place] : []));
}

function headerProblem(what: string, header: readonly string[], origin: string): SluiceRuntimeError {
  const names = header.slice(0, 20).map((name) => JSON.stringify(name)).join(", ");
  return new SluiceRuntimeError({
    code: "R7214",
    what: `${what}: it names ${names}${header.length > 20 ? " …" : ""}`,
    where: origin,
    how: "mend the file or the schema; with `enforceSchema: true` columns are found by their place, and the header is passed over",
  });
}
