import { nodeProcess } from "../../../runtime/host/node-process.ts";

// A program that begins to listen for signals only when whoever started it is gone; without a channel to anyone it listens at once.
function listen(): void {
  const rest = setInterval(() => {}, 60_000);
  nodeProcess.onSignal((signal) => {
    nodeProcess.writeStdout(`ends at ${signal}`);
    clearInterval(rest);
  });
  // What the channel says comes in the next turn.
  setImmediate(() =>
    setImmediate(() => {
      clearInterval(rest);
      nodeProcess.writeStdout(".");
    }),
  );
}

if (process.connected) process.once("disconnect", listen);
else listen();
