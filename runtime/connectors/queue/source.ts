import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { OptionCheck } from "../option-check.ts";
import { chunksOf } from "../recorded-batches.ts";
import type { SourceConnector, SourceContext, TableSource } from "../source.ts";
import type { QueueRegistry } from "./queue-registry.ts";
import { QueueStream } from "./queue-stream.ts";

/** Options of a queue as a job writes them. */
export interface QueueOptions {
  /** Whether each call of `add` is a batch of its own; false by default: a batch takes all that is there. */
  readonly oneAtATime?: boolean;
}

/**
 * Rows handed in by a program or test under a name, as JSON lines. As a table it is what is there when it is read; a declared
 * source that is read whole (`--batch`) must be closed first.
 */
export function queueSource(name: string, options: QueueOptions = {}): SourceConnector {
  const check = new OptionCheck("source", "queue");
  const checked = check.text("name", name);
  const oneAtATime = check.flag("oneAtATime", options.oneAtATime, false);
  return {
    name: "queue",
    async openStream(context: SourceContext) {
      const registry = registryOf(context, checked);
      return new QueueStream(context, registry, registry.queue(checked), oneAtATime);
    },
    async openTable(context: SourceContext): Promise<TableSource> {
      const queue = registryOf(context, checked).queue(checked);
      if (context.declaredAs === "source" && !queue.isClosed) throw stillOpen(checked);
      return {
        description: `QueueTable[${checked}]`,
        fingerprint: () => String(queue.end),
        async *read() {
          yield* chunksOf(queue.slice(0, queue.end), `queue ${checked}`);
        },
      };
    },
  };
}

function registryOf(context: SourceContext, name: string): QueueRegistry {
  if (context.queues !== undefined) return context.queues;
  throw new SluiceRuntimeError({
    code: "R7220",
    what: "the job reads a queue, and nobody hands rows in",
    where: `queue ${name}`,
    how: "start the job from a program with `queues: new QueueRegistry()`",
  });
}

function stillOpen(name: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7221", what: "a queue that is open has no end, so it cannot be read as one batch", where: `queue ${name}`, how: "close the queue before the start, or run the job as a stream" });
}
