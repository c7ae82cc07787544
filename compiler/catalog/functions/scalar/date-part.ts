import { callCode, runtime, type Code } from "../../../code/index.ts";
import { dateType, decimalType, durationType, intType, timestampType, type DataType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { anyNullable, argumentAt, constantText, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import type { Operand, Resolution } from "../signature.ts";
import { localTimeCode } from "../zone-code.ts";

/** A part of a date or of the time of day, with the kernel that takes it; `of` is what the kernel takes. */
interface Part {
  readonly names: readonly string[];
  readonly of: "date" | "timestamp";
  readonly kernel: string;
  readonly type: DataType;
  /** The kernel for a duration, where it has such a part. */
  readonly ofDuration?: string;
}

const secondsType = decimalType(8, 6);

/** The fields and their abbreviations (DatePart.parseExtractField, ExtractIntervalPart). */
const parts: readonly Part[] = [
  { names: ["YEAR", "Y", "YEARS", "YR", "YRS"], of: "date", kernel: "yearOfDays", type: intType },
  { names: ["YEAROFWEEK"], of: "date", kernel: "weekYearOfDays", type: intType },
  { names: ["QUARTER", "QTR"], of: "date", kernel: "quarterOfDays", type: intType },
  { names: ["MONTH", "MON", "MONS", "MONTHS"], of: "date", kernel: "monthOfDays", type: intType },
  { names: ["WEEK", "W", "WEEKS"], of: "date", kernel: "weekOfYearOfDays", type: intType },
  { names: ["DAY", "D", "DAYS"], of: "date", kernel: "dayOfMonthOfDays", type: intType, ofDuration: "daysOfDuration" },
  { names: ["DAYOFWEEK", "DOW"], of: "date", kernel: "dayOfWeekOfDays", type: intType },
  { names: ["DAYOFWEEK_ISO", "DOW_ISO"], of: "date", kernel: "isoWeekdayOfDays", type: intType },
  { names: ["DOY"], of: "date", kernel: "dayOfYearOfDays", type: intType },
  { names: ["HOUR", "H", "HOURS", "HR", "HRS"], of: "timestamp", kernel: "hourOfTimestamp", type: intType, ofDuration: "hoursOfDuration" },
  { names: ["MINUTE", "M", "MIN", "MINS", "MINUTES"], of: "timestamp", kernel: "minuteOfTimestamp", type: intType, ofDuration: "minutesOfDuration" },
  { names: ["SECOND", "S", "SEC", "SECONDS", "SECS"], of: "timestamp", kernel: "secondsWithFraction", type: secondsType, ofDuration: "secondsOfDuration" },
];

const byName: ReadonlyMap<string, Part> = new Map(parts.flatMap((part) => part.names.map((name) => [name, part] as const)));

/** A named part of a date, timestamp or duration. */
export const datePart: ScalarFunction = {
  name: "date_part",
  aliases: ["datepart", "extract"],
  summary: "A part of a date, timestamp or duration by its name: `date_part(\"year\", t)`; seconds have their fraction.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [field, source] = operands;
    if (field === undefined || source === undefined || operands.length !== 2) return wrongArity("2 arguments");
    const part = partOf(field);
    const isDuration = source.type.kind === "duration";
    if (part === undefined || (isDuration && part.ofDuration === undefined)) return unknownPart(field, isDuration);
    if (!isDuration && !fitsParameter(source.type, "timestamp")) return wrongType(1, "a date, a timestamp or a duration");
    return resolved([field.type, isDuration ? durationType : part.of === "date" ? dateType : timestampType], part.type, anyNullable(operands));
  },
  canFail: () => false,
  emit(args, _result, services): Code {
    const part = partOf(argumentAt(args, 0));
    const source = argumentAt(args, 1);
    if (source.type.kind === "duration") return callCode(runtime(part?.ofDuration ?? ""), source.code);
    return callCode(runtime(part?.kernel ?? ""), source.type.kind === "timestamp" ? localTimeCode(source.code, services) : source.code);
  },
};

function partOf(field: Operand | { readonly constant: Operand["constant"] }): Part | undefined {
  const value = field.constant?.value;
  return typeof value === "string" ? byName.get(value.toUpperCase()) : undefined;
}

function unknownPart(field: Operand, ofDuration: boolean): Resolution {
  const known = parts.filter((part) => !ofDuration || part.ofDuration !== undefined).map(({ names: [name = ""] }) => `"${name.toLowerCase()}"`);
  const text = constantText(field);
  return wrongValue(0, `${text === undefined ? "the part is a constant" : `\`${text}\` is no part of a ${ofDuration ? "duration" : "date"}`}: one of ${known.join(", ")}`);
}
