import { code } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { isSimple } from "../code/simple.ts";
import type { Block } from "./block.ts";
import type { RowEnvironment } from "./row-environment.ts";

/** Values that the body of a loop has computed and keeps in constants, by their code. */
export class HeldValues {
  readonly #env: RowEnvironment;
  readonly #body: Block;
  readonly #names = new Map<string, Code>();

  constructor(env: RowEnvironment, body: Block) {
    this.#env = env;
    this.#body = body;
  }

  /** The value's constant, made where there is none; what is as cheap as a name stays as it is. Not for volatile values, nor within a block. */
  hold(hint: string, value: Code): Code {
    const known = this.#names.get(value.text);
    if (known !== undefined) return known;
    if (isSimple(value)) return value;
    const name = this.#env.localName(hint);
    this.#body.line(code`const ${name} = ${value};`);
    this.#names.set(value.text, name);
    return name;
  }

  /** The value's constant, or its own code. */
  known(value: Code): Code {
    return this.#names.get(value.text) ?? value;
  }
}
