import { readPattern } from "../../../runtime/functions/datetime/pattern.ts";
import { isZone } from "../../../runtime/time/zone.ts";
import type { OptionSpec } from "../connectors/connector.ts";

type Check = NonNullable<OptionSpec["check"]>;

/** A pattern of `to_timestamp`. */
export const datetimePattern: Check = (value) => {
  if (typeof value !== "string") return undefined;
  const items = readPattern(value, "parse");
  return "problem" in items ? `the pattern ${JSON.stringify(value)} ${items.problem}` : undefined;
};

/** A region or an offset. */
export const timeZoneName: Check = (value) => {
  return typeof value !== "string" || isZone(value) ? undefined : `there is no time zone ${JSON.stringify(value)}`;
};
