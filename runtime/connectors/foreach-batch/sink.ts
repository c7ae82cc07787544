import type { ChangeBatchWriter } from "../../user/writers.ts";
import type { ForeachSinkOptions } from "../foreach/sink.ts";
import { warnOfVersions } from "../foreach/warn-of-versions.ts";
import type { Sink, SinkConnector, SinkContext } from "../sink.ts";
import { ForeachBatchSink } from "./foreach-batch-sink.ts";

/** Batches that a function of the user's takes whole; `give` makes of a row of the query what the function declares. */
export function foreachBatchSink<Given, Own = never>(write: ChangeBatchWriter<Given>, give: (row: Own) => Given, options: ForeachSinkOptions = {}): SinkConnector {
  return {
    name: "foreachBatch",
    async open<Row>(context: SinkContext<Row>): Promise<Sink<Row>> {
      const conversion: unknown = give;
      // The compiler gave the query and the conversion the same columns.
      const given = conversion as (row: Row) => Given;
      // A function of one parameter asks for no id.
      if (write.length !== 1) warnOfVersions(context, "the batch ids");
      return new ForeachBatchSink(context, write, { give: given, takesKinds: options.kinds === true });
    },
  };
}
