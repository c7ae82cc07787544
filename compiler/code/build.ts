import { Code, Precedence, type Use } from "./code.ts";
import { quote } from "./literal.ts";

function usesOf(parts: readonly Code[]): readonly Use[] {
  const seen = new Map<string, Use>();
  for (const part of parts) for (const use of part.uses) seen.set(`${use.module} ${use.name} ${use.as ?? ""}`, use);
  return [...seen.values()];
}

/**
 * Splices code into code: `` code`const ${name} = ${value};` ``. The parts are put as they are, so write parentheses where
 * the place needs them, or use the builders below, which add them by precedence. Strings cannot be spliced.
 */
export function code(strings: TemplateStringsArray, ...parts: readonly Code[]): Code {
  const text = strings.map((piece, index) => piece + (parts[index]?.text ?? "")).join("");
  return new Code(text, Precedence.statement, usesOf(parts));
}

/** Joins pieces, e.g. with `", "` or a line end. */
export function joinCode(parts: readonly Code[], separator: string): Code {
  return new Code(parts.map((part) => part.text).join(separator), Precedence.statement, usesOf(parts));
}

const binaryPrecedence: Readonly<Record<BinaryOperator, number>> = {
  "??": Precedence.nullish,
  "||": Precedence.or,
  "&&": Precedence.and,
  "===": Precedence.equality,
  "!==": Precedence.equality,
  "<": Precedence.relational,
  "<=": Precedence.relational,
  ">": Precedence.relational,
  ">=": Precedence.relational,
  "+": Precedence.additive,
  "-": Precedence.additive,
  "*": Precedence.multiplicative,
  "/": Precedence.multiplicative,
  "%": Precedence.multiplicative,
  "|": Precedence.bitOr,
};

export type BinaryOperator = "??" | "||" | "&&" | "===" | "!==" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%" | "|";

/** `value!`: a value of which it is known that it is not null. */
export function knownPresent(value: Code): Code {
  return new Code(`${value.within(Precedence.postfix)}!`, Precedence.postfix, value.uses);
}

/** `left op right`, left-associative. */
export function binary(operator: BinaryOperator, left: Code, right: Code): Code {
  const own = binaryPrecedence[operator];
  // `??` may not be mixed with `||` and `&&` without parentheses.
  const side = operator === "??" ? Precedence.equality : own;
  return new Code(`${left.within(side)} ${operator} ${right.within(side + (operator === "&&" || operator === "||" ? 0 : 1))}`, own, usesOf([left, right]));
}

export function unary(operator: "!" | "-", operand: Code): Code {
  // A minus before a minus would be a decrement.
  const inner = operator === "-" && operand.text.startsWith("-") ? `(${operand.text})` : operand.within(Precedence.unary);
  return new Code(`${operator}${inner}`, Precedence.unary, operand.uses);
}

export function conditional(test: Code, yes: Code, no: Code): Code {
  const text = `${test.within(Precedence.nullish)} ? ${yes.within(Precedence.arrow)} : ${no.within(Precedence.arrow)}`;
  return new Code(text, Precedence.conditional, usesOf([test, yes, no]));
}

export function callCode(callee: Code, ...args: readonly Code[]): Code {
  return new Code(`${callee.within(Precedence.postfix)}(${args.map((arg) => arg.within(Precedence.arrow)).join(", ")})`, Precedence.postfix, usesOf([callee, ...args]));
}

/** A function of JavaScript's `Math`, which no name of a module hides. */
export function mathFunction(name: string): Code {
  return new Code(`Math.${name}`, Precedence.postfix, []);
}

/** `object.name(args)`; the name is the emitter's own, not a user's. */
export function method(object: Code, name: string, ...args: readonly Code[]): Code {
  return callCode(member(object, name), ...args);
}

/** `object.name`, or `object["odd name"]` where the name is not an identifier. */
export function member(object: Code, name: string): Code {
  const text = isIdentifier(name) ? `${object.within(Precedence.postfix)}.${name}` : `${object.within(Precedence.postfix)}[${quote(name)}]`;
  return new Code(text, Precedence.postfix, object.uses);
}

export function index(object: Code, at: Code): Code {
  return new Code(`${object.within(Precedence.postfix)}[${at.text}]`, Precedence.postfix, usesOf([object, at]));
}

/** `(a, b) => body`. */
export function arrow(parameters: readonly Code[], body: Code): Code {
  const text = body.text.startsWith("{") ? `(${body.text})` : body.within(Precedence.arrow);
  return new Code(`(${parameters.map((parameter) => parameter.text).join(", ")}) => ${text}`, Precedence.arrow, usesOf([...parameters, body]));
}

export function arrayCode(items: readonly Code[]): Code {
  return new Code(`[${items.map((item) => item.within(Precedence.arrow)).join(", ")}]`, Precedence.primary, usesOf(items));
}

/** `[...items]`: another array of the same items. */
export function arrayCopy(items: Code): Code {
  return new Code(`[...${items.within(Precedence.arrow)}]`, Precedence.primary, items.uses);
}

/** `new Map(entries)`: another map of the same entries. */
export function mapCopy(entries: Code): Code {
  return new Code(`new Map(${entries.within(Precedence.arrow)})`, Precedence.postfix, entries.uses);
}

/** A field with its value; or an object whose fields are taken in. */
export type ObjectField = readonly [name: string, value: Code] | readonly [spread: Code];

/** `{ a, b: value }`; a field whose value is its own name is written short. `__proto__` is written as a computed key. */
export function objectCode(fields: readonly ObjectField[]): Code {
  if (fields.length === 0) return new Code("{}", Precedence.primary, []);
  const parts = fields.map((field) => {
    if (field.length === 1) return `...${field[0].within(Precedence.postfix)}`;
    const [name, value] = field;
    if (value.text === name && isIdentifier(name) && name !== "__proto__") return name;
    return `${propertyName(name)}: ${value.within(Precedence.arrow)}`;
  });
  return new Code(`{ ${parts.join(", ")} }`, Precedence.primary, usesOf(fields.map((field) => (field.length === 1 ? field[0] : field[1]))));
}

/** A property name in an object literal or type: an identifier, or quoted. */
export function propertyName(name: string): string {
  if (name === "__proto__") return `["__proto__"]`;
  return isIdentifier(name) ? name : quote(name);
}

export function parenthesised(inner: Code): Code {
  return new Code(`(${inner.text})`, Precedence.primary, inner.uses);
}

/** Whether the text can stand as a property or variable name without quotes (reserved words can, as properties). */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text);
}
