import type { ColumnId } from "../../ir/expr/expr.ts";
import type { Union } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { columnArgument, columnNamed } from "../python/column-argument.ts";
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
    const columns = names.map(({ sources, as }) => columnAs(frame.names.get(sources[at] ?? -1) ?? as, as));
    const bounds = windows.map(({ name, bounds: [start, end] }) => windowOf(plan, at, frame, start, end, name));
    const all = [...columns, ...bounds];
    // A window that is carried stands anywhere among the columns.
    const isSame = frame.carried.size === 0 && windows.length === 0 && columnsIn(frame).join("\n") === names.map(({ as }) => as).join("\n") && names.every(({ sources, as }) => frame.names.get(sources[at] ?? -1) === as);
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

/** The window of an input, or one made of its bounds. */
function windowOf({ columns }: Union, input: number, frame: Frame, start: number, end: number, name: string): Py {
  const [from, to] = [columns[start]?.sources[input] ?? -1, columns[end]?.sources[input] ?? -1];
  const window = frame.carried.get(from);
  if (window !== undefined && window === frame.carried.get(to)) return columnAs(window, name);
  const bound = (id: ColumnId, field: string): Py => pyMethod(columnNamed(frame.names.get(id) ?? ""), "alias", [pyText(field)]);
  return pyMethod(pyCall(pyName("F.struct"), [bound(from, "start"), bound(to, "end")]), "alias", [pyText(name)]);
}

function columnAs(name: string, as: string): Py {
  return name === as ? columnArgument(name) : pyMethod(columnNamed(name), "alias", [pyText(as)]);
}
