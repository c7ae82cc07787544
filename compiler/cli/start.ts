import { exitAfterOutput, exitOnClosedPipe } from "../../runtime/host/process-entry.ts";
import { main } from "./main.ts";
import type { Shell } from "./shell.ts";

/** Runs the command line of an installation on this process and ends it. */
export async function start(place: Pick<Shell, "installation" | "built">): Promise<void> {
  const argv = process.argv.slice(2);
  exitOnClosedPipe(closedPipeCode(argv));
  await exitAfterOutput(await main(argv, processShell(place)));
}

/** Who has seen enough of a plan, a report or a help has what he asked for; a run or a build that is cut off has not been done. */
function closedPipeCode(argv: readonly string[]): 0 | 141 {
  const [command = "--help"] = argv;
  return ["run", "build"].includes(command) && !argv.includes("--help") && !argv.includes("-h") ? 141 : 0;
}

/** Colour on a terminal that wants it (https://no-color.org). */
function processShell(place: Pick<Shell, "installation" | "built">): Shell {
  const noColor = process.env["NO_COLOR"];
  return {
    directory: process.cwd(),
    ...place,
    color: process.stderr.isTTY === true && (noColor === undefined || noColor === "") && process.env["TERM"] !== "dumb",
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  };
}
