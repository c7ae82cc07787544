import { stringType } from "../../ir/types/data-type.ts";
import type { OptionSpec } from "../connectors/connector.ts";
import { csv } from "../formats/csv.ts";

const modes = ["permissive", "failfast"];

/** Options of `from_csv`, as `name: value` behind its type: those of the format csv that are not of files, and the mode. */
export const csvReadingOptions: readonly OptionSpec[] = [
  {
    name: "mode",
    type: stringType,
    check: (value) => (typeof value === "string" && modes.includes(value.toLowerCase()) ? undefined : `from_csv has the modes ${modes.map((mode) => `"${mode}"`).join(" and ")}`),
  },
  ...csv.reading.filter(({ name }) => !csv.ofFiles.has(name) && name !== "timeZone"),
];
