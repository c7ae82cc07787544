import type { Chunk } from "../../../runtime/formats/column-batch.ts";
import type { Host } from "../../../runtime/host/host.ts";
import type { QueueRegistry } from "../../../runtime/connectors/queue.ts";
import type { SourceContext, SourceLog } from "../../../runtime/connectors/source.ts";

export interface TestContext extends SourceContext {
  readonly warnings: string[];
}

export function sourceContext(host: Host, options: { readonly log?: SourceLog; readonly format?: string; readonly queues?: QueueRegistry; readonly declaredAs?: "source" | "table"; readonly stopping?: AbortSignal; readonly isLastRun?: boolean } = {}): TestContext {
  const warnings: string[] = [];
  return {
    host,
    log: options.log,
    signal: new AbortController().signal,
    stopping: options.stopping ?? new AbortController().signal,
    isLastRun: options.isLastRun ?? false,
    format: options.format ?? "json",
    warnings,
    warn: (message) => void warnings.push(message),
    ...(options.queues === undefined ? {} : { queues: options.queues }),
    ...(options.declaredAs === undefined ? {} : { declaredAs: options.declaredAs }),
  };
}

/** The text of all chunks; each chunk must be whole lines, but for the last of an origin. */
export async function textOf(chunks: AsyncIterable<Chunk>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += Buffer.from(chunk.bytes.subarray(chunk.start, chunk.end)).toString("latin1");
  return text;
}

export async function codeOf(action: () => unknown): Promise<string | undefined> {
  try {
    await action();
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
    throw error;
  }
  return undefined;
}
