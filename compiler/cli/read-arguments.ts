import { parseArgs } from "node:util";
import { suggestion } from "../diagnostics/did-you-mean.ts";
import { CliError } from "./cli-error.ts";

/** The options of a command: `value` ones take the word behind them, `values` ones likewise, and may be repeated. */
export type OptionTable = Readonly<Record<string, "flag" | "value" | "values">>;

/** What was given: files in order, and options by name; a flag's value is "". Of `values` ones all that were given are in `repeated`, in order. */
export interface Arguments {
  readonly files: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  readonly repeated: ReadonlyMap<string, readonly string[]>;
  readonly help: boolean;
}

/**
 * Reads the arguments of a command. Unknown options, missing and repeated values are errors that say how to write it. `letters` are
 * the short forms of options (`-o`) by their letter.
 */
export function readArguments(argv: readonly string[], table: OptionTable, letters: Readonly<Record<string, string>> = {}): Arguments {
  const known = ["help", ...Object.keys(table)];
  const shorts = new Map([["help", "h"], ...Object.entries(letters).map(([letter, name]) => [name, letter] as const)]);
  const config = Object.fromEntries(
    known.map((name) => {
      const short = shorts.get(name);
      return [name, { type: takesValue(table, name) ? ("string" as const) : ("boolean" as const), ...(short === undefined ? {} : { short }) }];
    }),
  );
  const { tokens } = parseArgs({ args: [...argv], options: config, strict: false, allowPositionals: true, tokens: true });
  const options = new Map<string, string>();
  const repeated = new Map<string, readonly string[]>();
  const files: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") files.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    if (!known.includes(name)) throw new CliError(`there is no option ${rawName}`, optionHelp(name, known));
    const isValue = takesValue(table, name);
    if (isValue && (value === undefined || (inlineValue === false && value.startsWith("--")))) throw new CliError(`${rawName} needs a value`, `write ${rawName} VALUE`);
    if (!isValue && value !== undefined) throw new CliError(`${rawName} takes no value`, `write ${rawName} alone`);
    if (table[name] === "values") {
      repeated.set(name, [...(repeated.get(name) ?? []), value ?? ""]);
      continue;
    }
    if (isValue && options.has(name)) throw new CliError(`${rawName} is given twice`, `give ${rawName} once`);
    options.set(name, value ?? "");
  }
  return { files, options, repeated, help: options.has("help") };
}

function takesValue(table: OptionTable, name: string): boolean {
  return table[name] === "value" || table[name] === "values";
}

function optionHelp(name: string, known: readonly string[]): string | undefined {
  return suggestion(name, known, "options")?.replace(/`([^`]+)`/g, "--$1");
}
