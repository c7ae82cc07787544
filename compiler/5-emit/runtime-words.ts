import { sourceNames, sinkNames, findSink, findSource } from "../catalog/connectors/registry.ts";

/** Exports of the runtime's index that definitions and operators are made of. Rows call none of them. */
const words =
  "defineJob defineQuery defineTogether runMain asap availableNow continuous every once JsonWriter writePacked ColumnBatch ReaderDefinition QueryContext " +
  "booleanParam longParam nullableParam numberParam stringParam requiredVariable " +
  "microseconds milliseconds seconds minutes hours days tumblingWindow slidingWindow rowOrder ascending descending takeRows takeTop TopOrder orNullEntry orOneNull jsonShape jsonTextOf valueType " +
  "count sumLong sumDouble sumDecimal averageDouble averageDuration averageDecimal maxNumber minNumber maxLong minLong maxDecimal minDecimal maxDouble minDouble maxText minText " +
  "maxBoolean minBoolean maxValue minValue approxCount approxPercentile bitsOfInts bitsOfLongs collectList collectSet distinct distinctCounts maxBy minBy firstValue lastValue " +
  "joinedText moments mostFrequent nullOnOverflow percentile percentileOfDurations regression variance " +
  "changingSumLong changingSumDouble changingSumDecimal changingAverageDouble changingAverageDuration changingAverageDecimal changingNullOnOverflow retractable retractableDistinct invertibleAggregate userAggregate";

const factories = [...sourceNames(), ...sinkNames()].flatMap((name) => {
  const found = [findSource(name), findSink(name)];
  return found.flatMap((connector) => (connector === undefined || connector === "later" ? [] : [connector.factory]));
});

/**
 * Names that a module may import and that what it declares outside its loops may not hide: a query called `count`, a stream called
 * `minutes`. A column may have them, because its variable lives within a loop.
 */
export const runtimeWords: ReadonlySet<string> = new Set([...words.split(" "), ...factories]);
