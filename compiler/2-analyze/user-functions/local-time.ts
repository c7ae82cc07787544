import type { Node, PropertyAccessExpression } from "ts-morph";
import { morph } from "./morph.ts";
import type { UnrepeatableKind } from "./unrepeatable.ts";

const local = /^(?:get(?:Hours|Minutes|Date|Day|Month|FullYear|Year|TimezoneOffset)|set(?:Hours|Minutes|Date|Month|FullYear)|toString|toDateString|toTimeString)$/;

/** What a member of the language's dates reads beside the date: the machine's time zone (`at.getHours()`, `at.toLocaleString()` without a zone), or the clock (`format()` of nothing). */
export function dateMemberKind(access: PropertyAccessExpression): UnrepeatableKind | undefined {
  const { Node } = morph();
  const name = access.getName();
  const isLocale = /^toLocale(?:Date|Time)?String$/.test(name);
  const isFormat = name === "format" || name === "formatToParts";
  if (!isLocale && !isFormat && !local.test(name)) return undefined;
  const type = access.getExpression().getType().getNonNullableType().getSymbol();
  if (type?.getDeclarations().some((declaration) => declaration.getSourceFile().isDeclarationFile()) !== true) return undefined;
  const call = access.getParent();
  const args = Node.isCallExpression(call) && call.getExpression() === access ? call.getArguments() : undefined;
  if (isFormat) return type.getName() === "DateTimeFormat" && args?.length === 0 ? "clock" : undefined;
  if (type.getName() !== "Date") return undefined;
  return isLocale && args !== undefined && saysZone(args[1]) ? undefined : "zone";
}

/** What the language's constructor of a date or of its format reads: `new Date(2024, 0, 1)` is midnight where the machine is. `name`: `Date`, `Intl`. */
export function dateConstructionKind(node: Node, name: string): UnrepeatableKind | undefined {
  const { Node } = morph();
  const parent = node.getParent();
  if (name === "Date") return Node.isNewExpression(parent) && parent.getExpression() === node && parent.getArguments().length > 1 ? "zone" : undefined;
  if (name !== "Intl" || !Node.isPropertyAccessExpression(parent) || parent.getName() !== "DateTimeFormat") return undefined;
  const made = parent.getParent();
  if (!(Node.isNewExpression(made) || Node.isCallExpression(made)) || made.getExpression() !== parent) return undefined;
  return saysZone(made.getArguments()[1]) ? undefined : "zone";
}

/** Whether options say a zone; those that are not written in place are trusted to. */
function saysZone(options: Node | undefined): boolean {
  const { Node } = morph();
  if (options === undefined) return false;
  return !Node.isObjectLiteralExpression(options) || options.getProperty("timeZone") !== undefined || options.getProperties().some((property) => Node.isSpreadAssignment(property));
}
