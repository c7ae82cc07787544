/** What a flight is judged by; columns that are not named here are not read. */
interface Leaving {
  readonly leaves: Date;
}

export const isEarly = ({ leaves }: Leaving): boolean => leaves.getUTCHours() < 9;

export const speed = (flight: { readonly miles: number; readonly minutes: number }): number => Math.round((flight.miles / flight.minutes) * 60);

interface Flight {
  readonly id: number;
  readonly to: string | null;
  readonly day: Date | null;
  readonly stops: readonly { readonly place: string; readonly wait: number | null }[] | null;
  /** No column of the rows. */
  readonly remark?: string;
}

/** The same flight with its places in upper case: a row of the input's types. */
export function tidied(flight: Flight): Flight {
  return { ...flight, to: flight.to?.toUpperCase() ?? null, stops: flight.stops?.map((stop) => ({ ...stop, place: stop.place.toUpperCase() })) ?? null, remark: flight.remark ?? "none" };
}

export function destination(row: { readonly to: string | null; readonly stops: readonly { readonly place: string }[] | null }): string | null {
  return row.stops?.[0]?.place ?? row.to;
}
