import { Buffer } from "node:buffer";
import { thrownMessage } from "../../errors/thrown-message.ts";
import { givenChannel, readExactly } from "../../host/pipe-channel.ts";
import { callFunction, type ServedFunction } from "./call-function.ts";

/**
 * Answers the requests of a Python worker until it closes its end. The command line names two pipes that the process is started with, for requests and for answers: stdin and stdout are left to
 * the functions. A request is a line of JSON, `{"function", "guarded", "bytes"}`, and that many bytes of an Arrow stream; the answer is a line `{"bytes"}` or `{"failure", "bytes"}` with an
 * Arrow stream, or the text of the failure.
 */
export function serve(functions: Readonly<Record<string, ServedFunction>>): void {
  const channel = givenChannel();
  for (;;) {
    const line = channel.readLine();
    if (line === undefined) return;
    const request: unknown = JSON.parse(line);
    const { name, guarded, bytes } = requestOf(request);
    const body = readExactly(channel, bytes);
    let answer: Uint8Array;
    let failed = false;
    try {
      const served = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (served === undefined) throw new TypeError(`the bundle has no function \`${name}\`: build the job again`);
      answer = callFunction(name, served, guarded, body);
    } catch (error) {
      failed = true;
      answer = Buffer.from(thrownMessage(error), "utf8");
    }
    channel.write(Buffer.from(`${JSON.stringify({ bytes: answer.length, ...(failed ? { failure: true } : {}) })}\n`));
    channel.write(answer);
  }
}

function requestOf(value: unknown): { readonly name: string; readonly guarded: boolean; readonly bytes: number } {
  const { function: name, guarded, bytes } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || typeof bytes !== "number") throw new TypeError("no request of the program's");
  return { name, guarded: guarded === true, bytes };
}
