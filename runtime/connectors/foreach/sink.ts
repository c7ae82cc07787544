import { interruptible } from "../../query/interruptible.ts";
import type { ChangeWriter, WriterSource } from "../../user/writers.ts";
import type { Sink, SinkConnector, SinkContext } from "../sink.ts";
import { ForeachSink } from "./foreach-sink.ts";
import { warnOfVersions } from "./warn-of-versions.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";
import { noWriter } from "./writer-errors.ts";

export interface ForeachSinkOptions {
  /** Whether `process` takes the kind of a row, and so is told of rows that leave. */
  readonly kinds?: boolean;
}

/** Rows that a writer of the user's takes one by one; `give` makes of a row of the query what the writer declares. */
export function foreachSink<Given, Own = never>(writer: WriterSource<Given>, give: (row: Own) => Given, options: ForeachSinkOptions = {}): SinkConnector {
  return {
    name: "foreach",
    async open<Row>(context: SinkContext<Row>): Promise<Sink<Row>> {
      const conversion: unknown = give;
      // The compiler gave the query and the conversion the same columns.
      const given = conversion as (row: Row) => Given;
      const making = madeWriter(writer, context.queryName);
      const made = await interruptible(making, context.signal);
      if (made.open !== undefined) warnOfVersions(context, "the versions");
      return new ForeachSink(context, made, { give: given, takesKinds: options.kinds === true });
    },
  };
}

async function madeWriter<Given>(source: WriterSource<Given>, query: string): Promise<ChangeWriter<Given>> {
  const writer = typeof source === "function" ? await called(source, query) : source;
  if (typeof writer === "object" && writer !== null && typeof writer.process === "function") return writer;
  throw noWriter(query, "what `foreach` was given has no method `process`");
}

async function called<Given>(make: () => ChangeWriter<Given> | Promise<ChangeWriter<Given>>, query: string): Promise<ChangeWriter<Given>> {
  try {
    return await make();
  } catch (error) {
    throw noWriter(query, `the function that makes the writer failed: ${thrownMessage(error)}`, error);
  }
}
