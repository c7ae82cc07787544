/** The two digits of 0–99, one after the other. */
const digitPairs = Uint8Array.from({ length: 200 }, (_, at) => 48 + (at % 2 === 0 ? Math.floor(at / 20) : Math.floor(at / 2) % 10));

/** Writes 0–99 as two digits and gives the place behind them. */
export function pairInto(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = digitPairs[value * 2]!;
  bytes[at + 1] = digitPairs[value * 2 + 1]!;
  return at + 2;
}

/** Writes 0–999 as three digits and gives the place behind them. */
export function tripleInto(bytes: Uint8Array, at: number, value: number): number {
  const hundreds = (value / 100) | 0;
  bytes[at] = 48 + hundreds;
  return pairInto(bytes, at + 1, value - hundreds * 100);
}

/** Writes a safe integer, for which there must be 20 bytes, and gives the place behind it. Numbers of 31 bits go without doubles. */
export function integerInto(bytes: Uint8Array, start: number, value: number): number {
  const small = value | 0;
  if (small === value && small >= 0) {
    const end = start + digitsOfSmall(small);
    smallInto(bytes, start, end, small);
    return end;
  }
  let first = start;
  if (value < 0) bytes[first++] = 45;
  let rest = Math.abs(value);
  const end = first + digitsOf(rest);
  let at = end;
  for (; rest > 0x7fffffff; at -= 2) {
    const above = Math.floor(rest / 100);
    pairInto(bytes, at - 2, rest - above * 100);
    rest = above;
  }
  smallInto(bytes, first, at, rest | 0);
  return end;
}

/** The digits of a number of 31 bits, from the right, two at a time, so that they fill what is between `start` and `end`. */
function smallInto(bytes: Uint8Array, start: number, end: number, value: number): void {
  let at = end;
  let rest = value;
  while (rest >= 10) {
    const above = (rest / 100) | 0;
    at -= 2;
    pairInto(bytes, at, rest - above * 100);
    rest = above;
  }
  if (at > start) bytes[start] = 48 + rest;
}

function digitsOfSmall(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4;
  if (value < 100_000_000) return value < 1_000_000 ? (value < 100_000 ? 5 : 6) : value < 10_000_000 ? 7 : 8;
  return value < 1_000_000_000 ? 9 : 10;
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let bound = 10; value >= bound; bound *= 10) digits++;
  return digits;
}
