import type { Shard } from "../query/shard.ts";

/** The arguments of one shard's process, from those that ask for all of them: `--shard 0/3` in the place of `--shards 3`, and a port of its own, the first one's and those behind it. */
export function shardArguments(all: readonly string[], { index, count }: Shard): readonly string[] {
  return all.map((text, at) => {
    const before = all[at - 1];
    if (text === "--shards") return "--shard";
    if (before === "--shards") return `${index}/${count}`;
    if (text.startsWith("--shards=")) return `--shard=${index}/${count}`;
    if (before === "--port") return portOf(text, index);
    if (text.startsWith("--port=")) return `--port=${portOf(text.slice("--port=".length), index)}`;
    return text;
  });
}

/** A free port is asked for by 0. */
function portOf(text: string, index: number): string {
  return text === "0" ? text : String(Number(text) + index);
}
