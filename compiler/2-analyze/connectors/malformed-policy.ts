import { connectorOptionType } from "../../diagnostics/catalogue/connectors.ts";
import { unknownSideOutput } from "../../diagnostics/catalogue/names.ts";
import { nearest } from "../../diagnostics/did-you-mean.ts";
import type { Argument } from "../../ir/ast/expression.ts";
import type { MalformedPolicy } from "../../ir/logical/input.ts";
import type { JobContext } from "../job-context.ts";
import { sideOutputNames } from "./side-outputs.ts";

const policies: ReadonlySet<string> = new Set(["fail", "drop", "null"]);

/** What other tools call them. */
const otherwise: ReadonlyMap<string, string> = new Map([
  ["skip", "drop"],
  ["ignore", "drop"],
  ["dropmalformed", "drop"],
  ["permissive", "null"],
  ["failfast", "fail"],
  ["error", "fail"],
]);

/** `malformed: "fail"`, `"drop"`, `"null"`, or the name of a side output, in quotes or bare; undefined after a report or where there is none. */
export function malformedPolicy(argument: Argument | undefined, job: JobContext): MalformedPolicy | undefined {
  if (argument === undefined) return undefined;
  const { value } = argument;
  const word = value.kind === "StringLiteral" ? value.value : value.kind === "NameExpression" ? value.name.text : undefined;
  if (word === undefined) {
    if (value.kind !== "MissingExpression") job.report(connectorOptionType({ name: "malformed", expected: '"fail", "drop", "null" or the name of a side output', found: "something else" }).at(value.span).labelled("not one of them"));
    return undefined;
  }
  if (value.kind === "StringLiteral" && (word === "fail" || word === "drop" || word === "null")) return { kind: word };
  const outputs = sideOutputNames(job.declarations);
  if (outputs.includes(word)) return { kind: "into", sideOutput: word };
  const near = nearest(word, outputs) ?? otherwise.get(word.toLowerCase()) ?? nearest(word, policies);
  const help = near === undefined ? `declare it: \`sink ${word} into file(…)\`` : policies.has(near) ? `write \`malformed: "${near}"\`` : `did you mean \`${near}\`?`;
  job.report(unknownSideOutput({ name: word }).at(value.span).helped(help));
  return undefined;
}
