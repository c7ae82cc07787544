import { nodeHost } from "../../../runtime/host/node-host.ts";
import { supervise } from "../../../runtime/shards/supervise.ts";

// A program that runs as shards: each says its process and stays until it is told to end.
const host = nodeHost();
if (host.process.arguments.includes("--shards")) {
  const code = supervise(host, 2);
  host.process.writeStdout("supervises\n");
  process.exit(await code);
} else {
  host.process.onSignal((signal) => {
    host.process.writeStderr(`ends at ${signal}\n`);
    process.exit(0);
  });
  host.process.writeStdout(`${host.process.arguments.join(" ")}: ${host.process.pid}\n`);
  setInterval(() => {}, 60_000);
}
