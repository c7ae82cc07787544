/** SQL's `and` where the left side may be null; the right side is asked for unless the left is false. */
export function bothTrue(left: boolean | null, right: () => boolean | null): boolean | null {
  if (left === false) return false;
  const value = right();
  return value === false ? false : left === null ? null : value;
}

/** SQL's `or` where the left side may be null; the right side is asked for unless the left is true. */
export function eitherTrue(left: boolean | null, right: () => boolean | null): boolean | null {
  if (left === true) return true;
  const value = right();
  return value === true ? true : left === null ? null : value;
}
