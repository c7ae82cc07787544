import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import type { Expression } from "../../ir/ast/expression.ts";

/** Ends of texts that other tools take as durations, with the language's words. */
const units: Readonly<Record<string, string>> = { ms: "milliseconds", s: "seconds", sec: "seconds", m: "minutes", min: "minutes", h: "hours", d: "days" };

const numbers: ReadonlySet<string> = new Set(["int", "long", "double", "float"]);

/** How a constant of another type than an option's is written so that it has it; undefined where nothing is near. */
export function formHelp({ name, type }: OptionSpec, written: Expression): string | undefined {
  if (typeof type !== "object") return undefined;
  switch (type.kind) {
    case "duration":
      return durationHelp(name, written);
    case "timestamp":
      return timestampHelp(name, written);
    case "boolean":
      return written.kind === "StringLiteral" && /^(true|false)$/i.test(written.value) ? `write it without quotes: \`${name}: ${written.value.toLowerCase()}\`` : undefined;
    case "string":
      return written.kind === "ArrayExpression" ? stringHelp(name, written.items) : undefined;
    default:
      return numbers.has(type.kind) && written.kind === "StringLiteral" && /^\d+$/.test(written.value) ? `write it without quotes: \`${name}: ${written.value}\`` : undefined;
  }
}

/** Numbers are milliseconds elsewhere. */
function durationHelp(name: string, written: Expression): string {
  const text = written.kind === "NumberLiteral" && written.form === "integer" ? `${written.text}ms` : written.kind === "StringLiteral" ? written.value.trim() : "";
  const [, count, unit = ""] = /^(\d+)\s*([a-z]*)$/i.exec(text) ?? [];
  const word = units[unit.toLowerCase()] ?? Object.values(units).find((known) => known === unit.toLowerCase() || known === `${unit.toLowerCase()}s`);
  if (count === undefined || word === undefined) return `write a duration in words: \`${name}: 15 minutes\``;
  return `write the duration in words: \`${name}: ${count} ${Number(count) === 1 ? word.slice(0, -1) : word}\``;
}

function timestampHelp(name: string, written: Expression): string {
  const milliseconds = written.kind === "NumberLiteral" && written.form === "integer" ? Number(written.text.replaceAll("_", "")) : undefined;
  // The language's timestamps end with the year 9999.
  const time = milliseconds !== undefined && milliseconds <= 253402300799999 ? new Date(milliseconds).toISOString() : written.kind === "StringLiteral" ? written.value : "2024-05-01T00:00:00Z";
  return `write \`${name}: timestamp ${JSON.stringify(time)}\``;
}

function stringHelp(name: string, items: readonly Expression[]): string {
  const texts = items.flatMap((item) => (item.kind === "StringLiteral" ? [item.value] : []));
  return texts.length < items.length || texts.length === 0 ? "write one text, with commas between" : `write one text: \`${name}: ${JSON.stringify(texts.join(","))}\``;
}
