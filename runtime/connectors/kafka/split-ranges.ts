/** Offsets `[from, until)` of a partition. */
export interface OffsetRange {
  readonly key: string;
  readonly from: number;
  readonly until: number;
}

/** How ranges are split: into pieces of so many records at most, and into so many pieces at least. */
export interface RangeSplits {
  readonly minPartitions: number | undefined;
  readonly maxRecords: number | undefined;
}

/**
 * The ranges that are read one by one, in their order (Spark: KafkaOffsetRangeCalculator). A range of more than `maxRecords` is cut into even pieces; where there are still
 * fewer than `minPartitions`, the large ones are cut by their share of all that is not small enough to stay whole. Pieces come as they are asked for: a large
 * backlog has as many as messages where `maxRecords` is 1.
 */
export function* splitRanges(ranges: readonly OffsetRange[], { minPartitions, maxRecords }: RangeSplits): Generator<OffsetRange, void, undefined> {
  const some = ranges.filter((range) => sizeOf(range) > 0);
  const partsOfOne = (range: OffsetRange): number => (maxRecords === undefined ? 1 : Math.ceil(sizeOf(range) / maxRecords));
  const count = some.reduce((sum, range) => sum + partsOfOne(range), 0);
  if (minPartitions === undefined || count >= minPartitions) {
    for (const range of some) yield* divided(range, partsOfOne(range));
    return;
  }
  const pieces = some.flatMap((range) => [...divided(range, partsOfOne(range))]);
  const total = sumOf(pieces);
  const whole = new Set(pieces.filter((range) => partsOf(range, total, minPartitions) === 1));
  const rest = total - sumOf([...whole]);
  const restPartitions = Math.max(1, minPartitions - whole.size);
  for (const range of pieces) yield* whole.has(range) ? [range] : divided(range, partsOf(range, rest, restPartitions));
}

function sizeOf({ from, until }: OffsetRange): number {
  return until - from;
}

function sumOf(ranges: readonly OffsetRange[]): number {
  return ranges.reduce((sum, range) => sum + sizeOf(range), 0);
}

function partsOf(range: OffsetRange, total: number, parts: number): number {
  return Math.max(1, Math.round((sizeOf(range) / total) * parts));
}

/** Even pieces; what does not divide goes to the later ones. */
function* divided({ key, from, until }: OffsetRange, parts: number): Generator<OffsetRange, void, undefined> {
  let start = from;
  for (let part = 0; part < parts; part++) {
    const end = start + Math.floor((until - start) / (parts - part));
    if (end > start) yield { key, from: start, until: end };
    start = end;
  }
}
