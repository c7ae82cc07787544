interface Ends {
  readonly origin: string;
  readonly destination: string;
}

/** Whether a flight ends in the country where it began. */
export function staysInside({ origin, destination }: Ends): boolean {
  return origin === destination;
}

/** Where a flight goes: a key to group by. */
export function arrival({ destination }: Pick<Ends, "destination">): string {
  return destination;
}
