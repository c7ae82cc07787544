import { callCode, method, runtime, type Code } from "../../../code/index.ts";
import { likeSegments } from "../../../../runtime/functions/like-pattern.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { fixedTextCode } from "../regex/pattern-code.ts";
import { wrongValue } from "../operand.ts";
import { argumentAt, constantText, resolveParameters, unlessConstant } from "../resolution.ts";
import type { EmittedArgument, EmitServices, ScalarFunction } from "../scalar-function.ts";

/** Whether a whole text fits a pattern in which `_` is any character and `%` any characters. */
export const like: ScalarFunction = {
  name: "like",
  summary: "Whether a whole text fits a pattern: `_` is any character, `%` any characters, and the escape character (a backslash unless said) makes them plain.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const escape = operands.length > 2 ? constantText(operands[2]) : "\\";
    if (operands.length > 2 && (escape === undefined || [...escape].length !== 1)) return wrongValue(2, "the escape character must be one constant character");
    const pattern = constantText(operands[1]);
    const segments = pattern === undefined ? [] : likeSegments(pattern, escape);
    if (segments === "ESC_AT_THE_END") return wrongValue(1, `the pattern \`${pattern}\` ends in its escape character; double it for the character itself`);
    if (segments === "ESC_IN_THE_MIDDLE") return wrongValue(1, `the pattern \`${pattern}\` escapes a character that is neither \`_\` nor \`%\`; double the escape character for the character itself`);
    return resolveParameters(operands, { required: ["text", "text"], optional: ["text"] }, booleanType);
  },
  canFail: unlessConstant(1),
  emit(args, _result, services) {
    const text = argumentAt(args, 0).code;
    return constantLike(text, args) ?? method(likeCode(args, services), "matches", text);
  },
};

/** The forms that are a test for a fixed text: `a%`, `%a`, `%a%`, `a`. */
function constantLike(text: Code, args: readonly EmittedArgument[]): Code | undefined {
  const pattern = constantText(args[1]);
  if (pattern === undefined) return undefined;
  const segments = likeSegments(pattern, constantText(args[2]) ?? "\\");
  if (typeof segments === "string" || segments.some((segment) => segment.length > 1)) return undefined;
  const texts = segments.map((segment) => segment[0] ?? "");
  const [first = "", second = "", third = ""] = texts;
  if (texts.length === 1) return fixedTextCode(text, first, true, true);
  if (texts.length === 2 && second === "") return fixedTextCode(text, first, true, false);
  if (texts.length === 2 && first === "") return fixedTextCode(text, second, false, true);
  return texts.length === 3 && first === "" && third === "" ? fixedTextCode(text, second, false, false) : undefined;
}

function likeCode(args: readonly EmittedArgument[], services: EmitServices): Code {
  const made = callCode(runtime("likePattern"), ...args.slice(1).map((arg) => arg.code));
  return constantText(args[1]) === undefined ? made : services.constant("pattern", made);
}
