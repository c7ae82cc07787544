import { interruptible } from "../../query/interruptible.ts";
import type { PushReceiver, Receiver, ReceiverSource, ReplayableReceiver } from "../../user/receiver.ts";
import type { SourceConnector, SourceContext, StreamSource, TableSource } from "../source.ts";
import { PushStream } from "./push-stream.ts";
import { noEnd, noReceiver } from "./receiver-errors.ts";
import { ReplayableStream } from "./replayable-stream.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";

/** Records of a receiver of the user's: replayable where it has `latest` and `read`, else recorded durably first. `input` names the source in messages. */
export function customSource(input: string, receiver: ReceiverSource): SourceConnector {
  return {
    name: "custom",
    async openStream(context: SourceContext): Promise<StreamSource> {
      const made = await interruptible(madeReceiver(receiver, input), context.signal);
      return "latest" in made ? new ReplayableStream(context, input, made) : new PushStream(context, input, made);
    },
    async openTable(context: SourceContext): Promise<TableSource> {
      const made = await interruptible(madeReceiver(receiver, input), context.signal);
      if (!("latest" in made)) throw noEnd(input);
      return wholeOf(new ReplayableStream(context, input, made));
    },
  };
}

async function madeReceiver(receiver: ReceiverSource, input: string): Promise<Receiver> {
  const made: unknown = typeof receiver === "function" ? await called(receiver, input) : receiver;
  if (isReplayable(made) || isPush(made)) return made;
  throw noReceiver(input, "what `custom` was given is no receiver");
}

/** All that a receiver has when it is read, for `--batch`. */
function wholeOf(stream: ReplayableStream): TableSource {
  return {
    description: stream.description,
    isReadOnce: true,
    fingerprint: () => stream.description,
    async *read() {
      const end = await stream.end();
      if (end !== undefined) yield* stream.read(undefined, end);
      await stream.close();
    },
  };
}

async function called(make: () => Receiver | Promise<Receiver>, input: string): Promise<Receiver> {
  try {
    return await make();
  } catch (error) {
    throw noReceiver(input, `the function that makes the receiver failed: ${thrownMessage(error)}`, error);
  }
}

function isReplayable(value: unknown): value is ReplayableReceiver {
  return has(value, "latest") && has(value, "read");
}

function isPush(value: unknown): value is PushReceiver {
  return has(value, "receive");
}

function has(value: unknown, method: string): boolean {
  return typeof value === "object" && value !== null && typeof (value as Readonly<Record<string, unknown>>)[method] === "function";
}
