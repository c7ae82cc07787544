import { Scope } from "../../code/scope.ts";

/** What emitted readers name themselves, and the functions and classes of the runtime that they call: no column may hide them. */
const ownNames =
  "context records input view at row next chunk start end plainEnd column left value " +
  "readInOrder readColumn keeps create read deviates skipValue skipText skipNumber endOfRecord valueType " +
  "avroBlocks parquetBlocks MessageRecords BlockRecords AvroRecords JsonRecords TextRecords CsvRecords csvFraming fileFraming isEmptyField endOfCsvRecord skipCsvField readCsvText readNullableCsvText readCsvDate checkCsvDate readCsvTimestamp checkCsvTimestamp readZonedCsvTimestamp checkZonedCsvTimestamp inOrder Numbers NullableNumbers Booleans NullableBooleans Longs NullableLongs Texts NullableTexts Values";
const kernels = ["Int", "Long", "Float", "Double", "Decimal", "Boolean", "Text", "Timestamp", "ZonedTimestamp", "Date", "Value"].flatMap((kind) =>
  ["read", "readNullable", "check", "checkNullable"].map((verb) => verb + kind),
);

/** Names inside one reader; `taken` are those of the module (imports that its filter needs). */
export function readerNames(taken: readonly string[]): Scope {
  return new Scope([...ownNames.split(" "), ...kernels, ...taken]);
}
