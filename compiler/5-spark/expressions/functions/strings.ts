import type { Call } from "../../../ir/expr/expr.ts";
import { pyCall, pyInt, pyMethod, pyName, pyText } from "../../python/py.ts";
import { javaPattern } from "../regex/java-pattern.ts";
import { callFunction, constantText, operandAt } from "./call-function.ts";
import { constantAt } from "./constant-at.ts";
import { type FunctionForm, type FunctionForms, pythonForms, sqlForms } from "./function-form.ts";
import { warned } from "./warned.ts";

const drawnAgain = "a batch that is run again draws other values on Spark";

/** Texts, bytes, hashes, random values. */
export const stringForms: FunctionForms = [
  ...pythonForms(
    "ascii/1 assert_true/1-2 bin/1 bit_length/1 btrim/1-2 chr/1 concat/1- concat_ws/1-:0 contains/2 conv/3:1,2 crc32/1 decode/2:1 elt/2- encode/2:1 endswith/2 equal_null/2 find_in_set/2",
    "format_string/1-:0 greatest/2- hash/1- hex/1 ilike/2-3 initcap/1 instr/2 is_valid_utf8/1 isnotnull/1 isnull/1 least/2- left/2 length/1 levenshtein/2-3:2 locate/2-3:0,2 lower/1 lpad/3",
    "make_valid_utf8/1 mask/1-5 md5/1 nullifzero/1 nvl2/3 octet_length/1 overlay/3-4 parse_url/2-3 raise_error/1 repeat/2 replace/2-3 reverse/1 right/2 rpad/3 sentences/1-3 sha1/1 soundex/1",
    "split_part/3 startswith/2 substring/3 substring_index/3:1,2 to_binary/1-2 to_char/2 to_number/2 translate/3:1,2 try_parse_url/2-3 try_to_binary/1-2 try_to_number/2 try_url_decode/1 typeof/1 unbase64/1",
    "unhex/1 upper/1 url_decode/1 url_encode/1 xxhash64/1- zeroifnull/1",
    "regexp_count/2~1 regexp_extract/3:1,2~1 regexp_extract_all/2-3~1 regexp_instr/2-3~1 regexp_substr/2~1 split/2-3~1",
  ),
  ...sqlForms("luhn_check space"),
  // Python takes places only, no pattern.
  ["format_number", {
    kind: "written",
    as: "F.format_number(x, 2)",
    write(args, _call, { column, operand }) {
      const places = args[1];
      return places?.kind === "Literal" && typeof places.value === "number" ? pyCall(pyName("F.format_number"), [column(operandAt(args, 0)), operand(places)]) : callFunction("format_number", args.map(column));
    },
  }],
  // Python takes no other lengths, of which SQL makes null.
  ["sha2", {
    kind: "written",
    as: "F.sha2(x, 256)",
    write(args, _call, { column, operand }) {
      const bits = args[1];
      const isKnown = bits?.kind === "Literal" && typeof bits.value === "number" && [0, 224, 256, 384, 512].includes(bits.value);
      return isKnown ? pyCall(pyName("F.sha2"), [column(operandAt(args, 0)), operand(bits)]) : callFunction("sha2", args.map(column));
    },
  }],
  // Spark cuts the text into lines.
  ["base64", { kind: "written", as: "F.replace(F.base64(x), …)", write: (args, _call, { column }) => pyCall(pyName("F.replace"), [pyCall(pyName("F.base64"), args.map(column)), pyCall(pyName("F.lit"), [pyText("\r\n")]), pyCall(pyName("F.lit"), [pyText("")])]) }],
  ["like", {
    kind: "written",
    as: 'x.like("a%")',
    write(args, _call, { column }) {
      const pattern = args.length === 2 ? constantText(args[1]) : undefined;
      return pattern === undefined ? pyCall(pyName("F.like"), args.map(column)) : pyMethod(column(operandAt(args, 0)), "like", [pyText(pattern)]);
    },
  }],
  ["rlike", {
    kind: "written",
    as: 'x.rlike("a.*")',
    patterns: [1],
    write(args, _call, { column }) {
      const pattern = constantText(args[1]);
      return pattern === undefined ? pyCall(pyName("F.rlike"), args.map(column)) : pyMethod(column(operandAt(args, 0)), "rlike", [pyText(pattern)]);
    },
  }],
  ["regexp_replace", {
    kind: "written",
    as: "F.regexp_replace(x, pattern, replacement)",
    patterns: [1],
    refuses: constantAt(3, "position"),
    write(args, call, { column }) {
      const columns = args.map(column);
      const replacement = replacementOf(call);
      if (replacement !== undefined) columns[2] = pyCall(pyName("F.lit"), [pyText(replacement)]);
      return args.length === 3 ? pyCall(pyName("F.regexp_replace"), columns) : callFunction("regexp_replace", columns);
    },
  }],
  ...warned(drawnAgain, [["rand", seeded("rand")], ["randn", seeded("randn")], ["shuffle", seeded("shuffle")], ...pythonForms("uuid/0")]),
];

/** The replacement with the numbers of groups for their names, which Java does not take as RE2 does; undefined where it stays. */
function replacementOf({ args }: Call): string | undefined {
  const [pattern, replacement] = [constantText(args[1]), constantText(args[2])];
  if (pattern === undefined || replacement === undefined || !replacement.includes("${")) return undefined;
  const { groups } = javaPattern(pattern);
  return replacement.replace(/\\[^]|\$\{(\w+)\}(\d?)/g, (found, name: string | undefined, digit: string | undefined) => {
    const at = name === undefined ? undefined : groups.get(name);
    return at === undefined ? found : `$${at}${digit === undefined || digit === "" ? "" : `\\${digit}`}`;
  });
}

/** A random function whose seed, the last argument, is Python's own number. */
function seeded(name: "rand" | "randn" | "shuffle"): FunctionForm {
  const before = name === "shuffle" ? 1 : 0;
  return {
    kind: "written",
    as: `F.${name}(seed)`,
    write(args, _call, { column }) {
      const seed = args[before];
      const value = seed?.kind === "Literal" && (typeof seed.value === "number" || typeof seed.value === "bigint") ? [pyInt(seed.value)] : [];
      return pyCall(pyName(`F.${name}`), [...args.slice(0, before).map(column), ...value]);
    },
  };
}
