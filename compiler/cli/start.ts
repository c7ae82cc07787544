import { exitAfterOutput, exitOnClosedPipe } from "../../runtime/host/process-entry.ts";
import { main } from "./main.ts";
import type { Shell } from "./shell.ts";

/** Runs the command line on this process and ends it. `installation` is the folder that holds `compiler/` and `runtime/`. */
export async function start(installation: string): Promise<void> {
  exitOnClosedPipe();
  await exitAfterOutput(await main(process.argv.slice(2), processShell(installation)));
}

/** Colour on a terminal that wants it (https://no-color.org). */
function processShell(installation: string): Shell {
  const noColor = process.env["NO_COLOR"];
  return {
    directory: process.cwd(),
    installation,
    color: process.stderr.isTTY === true && (noColor === undefined || noColor === "") && process.env["TERM"] !== "dumb",
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  };
}
