import { nearest } from "../diagnostics/did-you-mean.ts";
import type { Target } from "../ir/target.ts";
import { CliError } from "./cli-error.ts";

const targets = ["node", "spark"] as const;

/** What `--target` names; Node where it is not given. */
export function readTarget(options: ReadonlyMap<string, string>): Target {
  const text = options.get("target");
  if (text === undefined) return "node";
  const target = targets.find((name) => name === text);
  if (target !== undefined) return target;
  const near = nearest(text, targets);
  throw new CliError(`there is no target ${text}`, near === undefined ? `targets: ${targets.join(", ")}` : `did you mean ${near}?`);
}
