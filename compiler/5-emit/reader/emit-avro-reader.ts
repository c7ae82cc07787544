import { callCode, code, objectCode } from "../../code/build.ts";
import type { Code } from "../../code/code.ts";
import { stringCode } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import { emitRowReader } from "./emit-row-reader.ts";
import { blockRecords, fieldList, neededFields } from "./needed-fields.ts";
import type { ReaderPlan } from "./reader-plan.ts";

/** A reader of Avro: of container files block by block, or of messages, whose schemas a registry may have to give first. */
export function emitAvroReader(plan: ReaderPlan): Code {
  const fields = neededFields(plan);
  const list = fieldList(fields);
  const { wire, schema } = plan.formatOptions ?? {};
  const ofSchema = typeof schema === "string" ? [["schema", stringCode(schema)] as const] : [];
  if (plan.ofMessages === true) {
    const options = objectCode([["wire", stringCode(typeof wire === "string" ? wire : "confluent")], ...ofSchema]);
    return emitRowReader(plan, { reads: "each message", records: code`new ${runtime("AvroRecords", "runtime/avro")}(context, ${list}, ${options})`, prepares: wire !== "plain" });
  }
  return emitRowReader(plan, {
    reads: "each row",
    blocks: callCode(runtime("avroBlocks", "runtime/avro"), list, ...(ofSchema.length === 0 ? [] : [objectCode(ofSchema)])),
    records: blockRecords(fields),
  });
}
