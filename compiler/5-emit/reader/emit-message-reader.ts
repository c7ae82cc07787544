import { code } from "../../code/build.ts";
import type { Code } from "../../code/code.ts";
import { runtime } from "../../code/runtime-name.ts";
import { emitRowReader } from "./emit-row-reader.ts";
import type { ReaderPlan } from "./reader-plan.ts";

/** A reader of messages as they are: key, value, and where they come from. */
export function emitMessageReader(plan: ReaderPlan): Code {
  return emitRowReader(plan, { reads: "each message", records: code`new ${runtime("MessageRecords")}(context)` });
}
