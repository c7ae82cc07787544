import { asciiJson } from "../../runtime/formats/ascii-json.ts";
import { callCode, code, member } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { numberCode, stringCode } from "../code/literal.ts";
import type { Column } from "../ir/logical/column.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import { runtime } from "../code/runtime-name.ts";
import { Block } from "./block.ts";

/** How the text of a nested column is made: the call that turns its value (never null) into JSON. */
export type NestedEncoder = (column: Column, value: Code) => Code;

/** The body of a query's JSON encoder: one object, columns in schema order, a null as `null`. `zone` gives the argument of timestamps. `takesPacked`: a row may be one that is kept as bytes. */
export function emitEncoder(columns: readonly Column[], nested: NestedEncoder, zone: () => readonly Code[], takesPacked = false): Code {
  const body = new Block();
  const out = new Code("out", Precedence.primary, []);
  const row = new Code("row", Precedence.primary, []);
  if (takesPacked) body.line(code`if (${callCode(runtime("writePacked"), row, out, ...zone())}) return;`);
  let text = "{";
  columns.forEach((column, at) => {
    text += `${at === 0 ? "" : ","}${asciiJson(column.name)}:`;
    body.line(code`out.raw(${singleQuoted(text)});`);
    text = "";
    body.line(code`${writeValue(column, out, member(row, column.name), nested, zone)};`);
  });
  body.line(code`out.raw(${singleQuoted(`${text}}`)});`);
  return body.code;
}

function writeValue(column: Column, out: Code, value: Code, nested: NestedEncoder, zone: () => readonly Code[]): Code {
  const { type } = column;
  switch (type.kind) {
    case "string":
      return callCode(member(out, "text"), value);
    case "float":
    case "double":
    case "binary":
      return callCode(member(out, type.kind), value);
    case "decimal":
      return callCode(member(out, "decimal"), value, numberCode(type.scale));
    case "boolean":
    case "int":
    case "long":
    case "date":
    case "duration":
      return callCode(member(out, type.kind), value);
    case "timestamp":
      return callCode(member(out, "timestamp"), value, ...zone());
    case "record":
    case "array":
    case "map": {
      const written = callCode(member(out, "json"), nested(column, value));
      return column.nullable ? code`if (${value} === null) out.raw("null");\nelse ${written}` : written;
    }
    case "null":
      return code`out.raw("null")`;
    default:
      return internalError("E9006", `a column of type ${type.kind} reached emission`);
  }
}

/** JSON text is full of double quotes: a single-quoted literal reads better where it can be one. */
function singleQuoted(text: string): Code {
  return /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/.test(text) && !/[<>]/.test(text) ? new Code(`'${text}'`, Precedence.primary, []) : stringCode(text);
}
