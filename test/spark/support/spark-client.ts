import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A column that was evaluated: the values, a row of the frame each, in the form of the files of facts; or why there are none. */
export type Evaluated = { readonly type: string; readonly rows: readonly unknown[] } | { readonly error: string };

export interface Evaluation {
  /** Each a Python expression that makes a column, from `F`, `T`, `Window`, `spark`, `datetime`, `Decimal` and what `setup` defines. */
  readonly columns: readonly string[];
  /** A Python expression that makes the DataFrame; `spark.range(1)` unless given. */
  readonly frame?: string;
  /** Whether the columns are aggregates over the whole frame. */
  readonly aggregate?: boolean;
  /** Whether each is asked by itself: for columns that are thought to fail, because one that fails is looked for among all that are asked with it. */
  readonly apart?: boolean;
  /** Session settings beside ANSI mode, UTC and case-sensitive names. */
  readonly conf?: Readonly<Record<string, string>>;
  /** Python statements that run first. */
  readonly setup?: string;
}

/** Asks the Spark that all tests share. Questions of all processes are answered one after the other; a death of Spark is an error, and the next question is answered again. */
export class SparkClient {
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  /** Runs an emitted program in a session of its own, as `python PROGRAM ARGV…` would. */
  async run(program: string, argv: readonly string[], seconds = 120): Promise<ProgramEnd> {
    const answer = await this.#ask({ do: "run", program, argv, seconds });
    const { code, stdout, stderr } = answer;
    if (typeof code !== "number" || typeof stdout !== "string" || typeof stderr !== "string") throw new Error(`no end of a program: ${JSON.stringify(answer)}`);
    return { code, stdout, stderr };
  }

  /** The values of columns, in their order. */
  async evaluate(evaluation: Evaluation, seconds = 120): Promise<readonly Evaluated[]> {
    const { results } = await this.#ask({ do: "evaluate", ...evaluation, seconds });
    if (!Array.isArray(results) || !results.every(isEvaluated)) throw new Error(`no results: ${JSON.stringify(results)}`);
    return results;
  }

  async #ask(command: object): Promise<Readonly<Record<string, unknown>>> {
    for (let tries = 0; ; tries++) {
      const text = await this.#answer(`${JSON.stringify(command)}\n`);
      // Spark died of the question before, and never saw this one.
      if (text === "" && tries < 5) continue;
      const [, line = ""] = text.split("\n");
      if (!text.endsWith("\n") || line === "") throw new Error("Spark died and said nothing");
      const answer: unknown = JSON.parse(line);
      if (typeof answer !== "object" || answer === null) throw new Error(`no answer: ${text}`);
      const failed: unknown = Reflect.get(answer, "failed");
      if (typeof failed === "string") throw new Error(failed);
      return { ...answer };
    }
  }

  /** `begun` and the answer, a line each, or what came of them. */
  async #answer(command: string): Promise<string> {
    const socket = await this.#connected();
    let text = "";
    try {
      socket.setEncoding("utf8").write(command);
      for await (const piece of socket) {
        text += String(piece);
        if (text.endsWith("\n") && text !== "begun\n") break;
      }
    } catch {
      // The connection is lost: what came is all that there is.
    } finally {
      socket.destroy();
    }
    return text;
  }

  /** While Spark starts again nobody listens. */
  async #connected(): Promise<Socket> {
    for (let tries = 0; ; tries++) {
      const socket = connect(this.#port, "127.0.0.1");
      try {
        await once(socket, "connect");
        return socket;
      } catch (error) {
        socket.destroy();
        if (tries === 600) throw error;
        await sleep(100);
      }
    }
  }
}

function isEvaluated(value: unknown): value is Evaluated {
  return typeof value === "object" && value !== null && ("error" in value || ("type" in value && "rows" in value));
}
