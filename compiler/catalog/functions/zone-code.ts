import { callCode, runtime, stringCode, type Code } from "../../code/index.ts";
import type { DataType, TypeKind } from "../../ir/types/data-type.ts";
import { holdsKind } from "../../ir/types/holds-kind.ts";
import type { EmitServices } from "./scalar-function.ts";

const timestamps: ReadonlySet<TypeKind> = new Set(["timestamp"]);

/** What the zone's code needs of its place. */
type ZoneServices = Pick<EmitServices, "constant" | "timezone">;

/** The job's time zone as the last argument of a kernel: a constant of the module, or nothing where it is UTC, which kernels take unless told. */
export function zoneArgument(services: ZoneServices): readonly Code[] {
  return services.timezone === "UTC" ? [] : [services.constant("zone", callCode(runtime("timeZone"), stringCode(services.timezone)))];
}

/** A timestamp as the local clock of the job's zone shows it, for kernels that take dates and times apart. */
export function localTimeCode(timestamp: Code, services: ZoneServices): Code {
  const zone = zoneArgument(services);
  return zone.length === 0 ? timestamp : callCode(runtime("localTime"), timestamp, ...zone);
}

/** The same for a kernel over values of a type: nothing where no timestamp is among them. */
export function zoneArgumentFor(type: DataType, services: ZoneServices): readonly Code[] {
  return holdsKind(type, timestamps) ? zoneArgument(services) : [];
}
