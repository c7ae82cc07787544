import { notAReceiver } from "../../diagnostics/catalogue/user-connectors.ts";
import type { Argument } from "../../ir/ast/expression.ts";
import type { Input } from "../../ir/logical/input.ts";
import type { JobContext } from "../job-context.ts";
import { exportedObject, methodOf } from "../user-functions/members.ts";
import { checkMethod, isNothing, takesAnything, type MethodForm } from "../user-functions/method-form.ts";
import { placeOf } from "../user-functions/place.ts";
import { givesRecords, isDecoded, takesBytes, takesCallback, takesOffsetOrNothing } from "../user-functions/record-types.ts";
import { importedArgument } from "./imported-argument.ts";

type Checked = Pick<Input, "imported" | "replays">;

const latest: MethodForm = { written: "latest(): Offset | undefined", takes: [], waits: true };
const read: MethodForm = {
  written: "read(from: Offset | undefined, to: Offset): Iterable<string>",
  takes: [takesOffsetOrNothing, takesAnything],
  gives: { fits: givesRecords, words: "its records: an array or another iterable, or an async one, of texts or bytes" },
  waits: false,
};
const commit: MethodForm = { written: "commit(to: Offset): void", takes: [takesAnything], gives: { fits: isNothing, words: "nothing" }, waits: false };
const close: MethodForm = { written: "close(): void", takes: [], waits: true };
const receive: MethodForm = {
  written: "receive(push: (record: string) => void | Promise<void>, signal: AbortSignal): void",
  takes: [takesCallback, takesAnything],
  gives: { fits: isNothing, words: "nothing, or a promise of its end" },
  waits: true,
};

/** The receiver of `custom`: one that replays has `latest` and `read`, one that cannot has `receive`; undefined after a report. */
export function checkReceiver(argument: Argument, job: JobContext): Checked | undefined {
  const given = importedArgument(argument, "custom", "a receiver", job);
  if (given === undefined) return undefined;
  const { node, ref, at } = given;
  const object = exportedObject(node);
  const find = (name: string): ReturnType<typeof methodOf> => (object === undefined ? undefined : methodOf(object, name));
  const [newest, reads, receives] = [find("latest"), find("read"), find("receive")];
  const replays = newest !== undefined && reads !== undefined;
  if (!replays && receives === undefined) {
    const isClass = node.getKindName() === "ClassDeclaration";
    const lack =
      isClass ? "it is a class, and not an object of it"
      : object === undefined ? "it is no object, and no function that makes one"
      : newest !== undefined ? "it has `latest`, and no `read`"
      : reads !== undefined ? "it has `read`, and no `latest`"
      : "it has neither `latest` and `read` nor `receive`";
    const declared = placeOf(node);
    const help = isClass ? `export an object: \`export const receiver = new ${ref.exportName}()\`` : "export an object with `latest()` and `read(from, to)`, whose records can be read again, or with `receive(push, signal)`";
    job.report(notAReceiver({ name: ref.name, lack }).at(at).also(declared.span, "declared here", declared.file).helped(help));
    return undefined;
  }
  const methods: readonly (readonly [ReturnType<typeof methodOf>, MethodForm])[] = replays ? [[newest, latest], [reads, read], [find("commit"), commit], [find("close"), close]] : [[receives, receive]];
  const good = methods.map(([method, form]) => method === undefined || checkMethod(`${ref.name}.${method.name}`, method, form, given, job));
  return good.includes(false) ? undefined : { imported: [{ name: "receiver", ref }], replays };
}

/** The function that makes records of the lines of a socket; undefined after a report. */
export function checkDecoder(argument: Argument, job: JobContext): Checked | undefined {
  const given = importedArgument(argument, "socket", "a function", job);
  if (given === undefined) return undefined;
  const { node, ref } = given;
  const place = { ...placeOf(node), typeText: node.getType().getText(node) };
  const form: MethodForm = { written: "(line: Uint8Array) => string | null", takes: [takesBytes], gives: { fits: isDecoded, words: "a text or bytes, an array of them, or null" }, waits: false };
  if (!checkMethod(ref.name, { name: ref.name, signatures: node.getType().getCallSignatures(), place }, form, given, job)) return undefined;
  job.functions.checkRepeats(ref.name, [node], given.at);
  return { imported: [{ name: "decode", ref }] };
}
