import { internalError } from "../../diagnostics/internal-error.ts";
import type { ColumnId } from "../../ir/expr/expr.ts";
import type { Union } from "../../ir/logical/plan.ts";
import { nameIn, type Frame } from "../frame.ts";
import { columnAs, columnNamed } from "../python/column-argument.ts";
import { pyCall, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import { columnsIn } from "./columns-in.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { NameSet } from "./name-set.ts";

/** A union by position: each input selects its columns in the order of the result, and the windows that the first one carries. */
export function unionFrame(plan: Union, asked: Asked, writer: FrameWriter): Frame {
  const taken = new NameSet();
  const names = plan.columns.map((column) => ({ ...column, as: taken.add(column.name) }));
  const carried = new Map<ColumnId, string>();
  const windows: { readonly name: string; readonly bounds: readonly [number, number] }[] = [];
  const frames = plan.inputs.map((input, at) => {
    const variable = at === 0 ? asked.variable : writer.scope.name(writer.wordFor(input));
    const frame = frameOf(input, { ...asked, variable }, writer);
    if (at === 0) takeWindows(plan, frame, taken, windows, carried);
    const columns = names.map(({ sources, as }) => columnAs(nameIn(frame, sourceOf(sources, at)), as));
    const bounds = windows.map(({ name, bounds: [start, end] }) => windowOf(plan, at, frame, start, end, name));
    const all = [...columns, ...bounds];
    // A window that is carried stands anywhere among the columns.
    const isSame = frame.carried.size === 0 && windows.length === 0 && columnsIn(frame).join("\n") === names.map(({ as }) => as).join("\n") && names.every(({ sources, as }) => nameIn(frame, sourceOf(sources, at)) === as);
    if (!isSame) writer.assign(variable, pyMethod(frame.value, "select", all), plan.origin);
    return isSame ? frame.value : variable;
  });
  const [first, ...others] = frames;
  const value = others.reduce((union, other) => pyMethod(union, "union", [other]), first ?? asked.variable);
  writer.assign(asked.variable, value, plan.origin);
  return { value: asked.variable, names: new Map(names.map(({ id, as }) => [id, as])), carried };
}

/** The windows of which the first input has both bounds among the result's columns. */
function takeWindows({ columns }: Union, frame: Frame, taken: NameSet, windows: { readonly name: string; readonly bounds: readonly [number, number] }[], carried: Map<ColumnId, string>): void {
  for (const window of new Set(frame.carried.values())) {
    const places = columns.flatMap(({ sources: [source] }, at) => (source !== undefined && frame.carried.get(source) === window ? [at] : []));
    const [start, end] = places;
    if (start === undefined || end === undefined || places.length !== 2) continue;
    const name = taken.add(window);
    windows.push({ name, bounds: [start, end] });
    for (const at of places) {
      const column = columns[at];
      if (column !== undefined) carried.set(column.id, name);
    }
  }
}

/** The column of an input that becomes one of the result. */
function sourceOf(sources: readonly ColumnId[], input: number): ColumnId {
  return sources[input] ?? internalError("E9007", `a column of a union has no source in input ${input + 1}`);
}

/** The window of an input, or one made of its bounds. */
function windowOf({ columns }: Union, input: number, frame: Frame, start: number, end: number, name: string): Py {
  const source = (at: number): ColumnId => sourceOf(columns[at]?.sources ?? [], input);
  const [from, to] = [source(start), source(end)];
  const window = frame.carried.get(from);
  if (window !== undefined && window === frame.carried.get(to)) return columnAs(window, name);
  const bound = (id: ColumnId, field: string): Py => pyMethod(columnNamed(nameIn(frame, id)), "alias", [pyText(field)]);
  return pyMethod(pyCall(pyName("F.struct"), [bound(from, "start"), bound(to, "end")]), "alias", [pyText(name)]);
}
