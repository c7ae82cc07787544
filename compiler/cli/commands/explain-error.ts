import { nearest } from "../../diagnostics/did-you-mean.ts";
import { pages } from "../../diagnostics/pages/pages.ts";
import { renderPage } from "../../diagnostics/pages/render-page.ts";
import { CliError } from "../cli-error.ts";
import { readArguments } from "../read-arguments.ts";
import { exitCodes, type Shell } from "../shell.ts";

export const explainErrorHelp = `sluice explain-error CODE…
sluice explain-error --list

Says what an error means, why it is one, and how to mend it, with a job that has it and the mended one. CODE is what stands in
brackets behind \`error\`, such as E2003 or R7212, or the name of an error, such as unknown-column.

Options:
  --list    all codes with what they say, a line each
  --help    print this
`;

/** Exit code 1 where there is no such code. */
export async function explainError(argv: readonly string[], shell: Shell): Promise<number> {
  const { files: codes, options, help } = readArguments(argv, { list: "flag" });
  if (help) {
    shell.stdout(explainErrorHelp);
    return exitCodes.success;
  }
  if (options.has("list")) {
    for (const { code, title } of pages.values()) shell.stdout(`${code}  ${title}\n`);
    return exitCodes.success;
  }
  if (codes.length === 0) throw new CliError("no code to explain", "write sluice explain-error E2003");
  shell.stdout(codes.map(textOf).join("\n"));
  return exitCodes.success;
}

function textOf(given: string): string {
  const code = given.replace(/^(?:error|warning)?\[(.*)\]$/, "$1").toUpperCase();
  const page = pages.get(code) ?? [...pages.values()].find(({ title }) => title === given.toLowerCase());
  if (page !== undefined) return renderPage(page);
  if (/^E9\d{3}$/.test(code)) return `${code}: a bug in the compiler\n\nNo job should be able to bring this about. Please report it with the job and with what was printed.\n`;
  const near = nearest(code, pages.keys()) ?? nearest(given.toLowerCase(), [...pages.values()].map(({ title }) => title));
  throw new CliError(`there is no error ${given}`, near === undefined ? "sluice explain-error --list prints all codes" : `did you mean ${near}? sluice explain-error --list prints all codes`);
}
