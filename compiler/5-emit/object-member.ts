import { Code, Precedence } from "../code/code.ts";

/**
 * A text as the value of a property. Where an object has a member of that name by itself (`valueOf`, `__proto__`), TypeScript takes its
 * type for the property's and forgets which text it is: there it is said.
 */
export function textProperty(name: string, text: Code): Code {
  const isText = text.text.startsWith('"');
  return isText && name in {} ? new Code(`${text.text} as const`, Precedence.relational, text.uses) : text;
}
