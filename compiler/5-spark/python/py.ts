/** How tightly a Python expression binds, loosest first. `|`, `&` and `~` are what columns are combined with, and bind tighter than comparisons. */
export const PyPrecedence = {
  statement: 0,
  lambda: 1,
  comparison: 7,
  bitOr: 8,
  bitAnd: 10,
  additive: 12,
  multiplicative: 13,
  unary: 14,
  postfix: 16,
  primary: 17,
} as const;

/**
 * A piece of Python that may be spliced into other Python. Only the builders of this folder make one, so a user's text reaches a program only as a
 * quoted literal, a name made by `PyScope`, or a cleaned comment.
 */
export class Py {
  readonly text: string;
  readonly precedence: number;

  /** Not for use outside `compiler/5-spark/python/` (a test greps for it). */
  constructor(text: string, precedence: number) {
    this.text = text;
    this.precedence = precedence;
  }

  /** The text, in parentheses if it binds more loosely than the place needs. */
  within(precedence: number): string {
    return this.precedence < precedence ? `(${this.text})` : this.text;
  }
}

/** Splices Python into Python: `` py`${frame} = ${value}` ``. Parts are put as they are; strings cannot be spliced. */
export function py(strings: TemplateStringsArray, ...parts: readonly Py[]): Py {
  return new Py(strings.map((piece, at) => piece + (parts[at]?.text ?? "")).join(""), PyPrecedence.statement);
}

/** A string literal in double quotes; what could end it, break the line or hide (controls, bidirectional marks, lone surrogates) is escaped. */
export function pyText(value: string): Py {
  let text = "";
  for (const character of value) {
    const point = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") text += `\\${character}`;
    else if (character === "\n") text += "\\n";
    else if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u.test(character)) text += point > 0xffff ? `\\U${point.toString(16).padStart(8, "0")}` : `\\u${point.toString(16).padStart(4, "0")}`;
    else text += character;
  }
  return new Py(`"${text}"`, PyPrecedence.primary);
}

/** A whole number. */
export function pyInt(value: number | bigint): Py {
  return new Py(String(value), value < 0 ? PyPrecedence.unary : PyPrecedence.primary);
}

/** A double, with its point or exponent: `1.0`, `5e-324`, `float("nan")`. */
export function pyFloat(value: number): Py {
  if (!Number.isFinite(value)) return pyCall(pyName("float"), [pyText(Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf")]);
  const digits = Object.is(value, -0) ? "-0" : String(value);
  return new Py(/[.e]/.test(digits) ? digits : `${digits}.0`, digits.startsWith("-") ? PyPrecedence.unary : PyPrecedence.primary);
}

/** `True`, `False`, `None`. */
export function pyConstant(value: boolean | null): Py {
  return new Py(value === null ? "None" : value ? "True" : "False", PyPrecedence.primary);
}

/** A name of the emitter's own, as `F.col`, or one that `PyScope` made. Anything else is our bug. */
export function pyName(name: string): Py {
  if (!/^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/.test(name)) throw new TypeError(`\`${name}\` is no name in Python`);
  return new Py(name, PyPrecedence.primary);
}

/** `callee(a, b, name=c)`. */
export function pyCall(callee: Py, args: readonly Py[], named: Readonly<Record<string, Py>> = {}): Py {
  const given = [...args.map((arg) => arg.within(PyPrecedence.lambda)), ...Object.entries(named).map(([name, value]) => `${pyName(name).text}=${value.within(PyPrecedence.lambda)}`)];
  return new Py(`${callee.within(PyPrecedence.postfix)}(${given.join(", ")})`, PyPrecedence.postfix);
}

/** `object.name(a, b)`. */
export function pyMethod(object: Py, name: string, args: readonly Py[] = [], named: Readonly<Record<string, Py>> = {}): Py {
  return pyCall(new Py(`${object.within(PyPrecedence.postfix)}.${pyName(name).text}`, PyPrecedence.postfix), args, named);
}

/** `[a, b]`. */
export function pyList(items: readonly Py[]): Py {
  return new Py(`[${items.map((item) => item.within(PyPrecedence.lambda)).join(", ")}]`, PyPrecedence.primary);
}

/** `(a, b)`. */
export function pyTuple(items: readonly Py[]): Py {
  return new Py(`(${items.map((item) => item.within(PyPrecedence.lambda)).join(", ")}${items.length === 1 ? "," : ""})`, PyPrecedence.primary);
}

/** `{"a": x, "b": y}`; keys are texts. */
export function pyDict(entries: readonly (readonly [key: string, value: Py])[]): Py {
  return new Py(`{${entries.map(([key, value]) => `${pyText(key).text}: ${value.within(PyPrecedence.lambda)}`).join(", ")}}`, PyPrecedence.primary);
}

const operators = {
  "|": PyPrecedence.bitOr,
  "&": PyPrecedence.bitAnd,
  "==": PyPrecedence.comparison,
  "!=": PyPrecedence.comparison,
  "<": PyPrecedence.comparison,
  "<=": PyPrecedence.comparison,
  ">": PyPrecedence.comparison,
  ">=": PyPrecedence.comparison,
  "+": PyPrecedence.additive,
  "-": PyPrecedence.additive,
  "*": PyPrecedence.multiplicative,
  "/": PyPrecedence.multiplicative,
  "%": PyPrecedence.multiplicative,
} as const;

/** `left op right`. Comparisons of Python chain, so one inside another has parentheses. */
export function pyBinary(operator: keyof typeof operators, left: Py, right: Py): Py {
  const own = operators[operator];
  return new Py(`${left.within(own === PyPrecedence.comparison ? own + 1 : own)} ${operator} ${right.within(own + 1)}`, own);
}

/** `~x`, `-x`. */
export function pyUnary(operator: "~" | "-", operand: Py): Py {
  return new Py(`${operator}${operand.within(PyPrecedence.unary)}`, PyPrecedence.unary);
}

/** `lambda run: value`. */
export function pyLambda(parameter: Py, value: Py): Py {
  return new Py(`lambda ${parameter.text}: ${value.within(PyPrecedence.lambda)}`, PyPrecedence.lambda);
}

/** `lambda: value`. */
export function pyThunk(value: Py): Py {
  return new Py(`lambda: ${value.within(PyPrecedence.lambda)}`, PyPrecedence.lambda);
}
