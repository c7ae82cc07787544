import type { Span } from "../../source/span.ts";
import type { ColumnId, Expr, UserFunctionRef } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Shape } from "../types/shape.ts";
import type { GroupColumn, LateRoute } from "./aggregate.ts";
import type { Column, EventTime } from "./column.ts";
import { durationText } from "./duration-text.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { LogicalPlan } from "./plan.ts";

/**
 * Which of the shapes a function of `state` has (decision 0026): `update`: of the values and the state before it makes the next state (Spark: updateStateByKey); `map`: one row a
 * call (mapGroupsWithState); `flatMap`: any number of rows (flatMapGroupsWithState); `process`: the same with named states and timers (transformWithState).
 */
export type UserStateKind = "update" | "map" | "flatMap" | "process";

/** How a function takes the key: the value of the only one, an object of all, or a tuple. */
export type KeyForm =
  | { readonly form: "value"; readonly shape: Shape }
  | { readonly form: "record"; readonly fields: readonly { readonly name: string; readonly shape: Shape }[] }
  | { readonly form: "tuple"; readonly shapes: readonly Shape[] };

/** A named state of a key, with its time to live in microseconds. */
export interface NamedState {
  readonly name: string;
  readonly kind: "value" | "list" | "map";
  readonly shape: Shape;
  /** Of a map the type of its keys. */
  readonly key?: "string" | "number" | "bigint";
  readonly ttl?: number;
}

/** What is kept for a key: one value, or named states; `timers` is the name under which the function has its timers. */
export type KeptState = { readonly kind: "one"; readonly shape: Shape } | { readonly kind: "named"; readonly states: readonly NamedState[]; readonly timers: string | undefined };

/** The first states of keys, over the rows of a table. */
export interface InitialState {
  readonly keys: readonly Expr[];
  /** A record of the state's fields, or its value. */
  readonly state: Expr;
}

export interface UserStateSpec {
  readonly kind: UserStateKind;
  readonly fn: UserFunctionRef;
  readonly keys: readonly GroupColumn[];
  /** Undefined where the function does not take the key. */
  readonly keyForm: KeyForm | undefined;
  /** What the function is given of a row, over the step's input. */
  readonly row: Expr;
  readonly rowShape: Shape;
  readonly kept: KeptState;
  /** The columns that the function gives: the fields of the state, or of a row. */
  readonly columns: readonly Column[];
  /** Microseconds from a key's newest row to its timeout. */
  readonly timeout: { readonly span: number; readonly byClock: boolean } | undefined;
  /** Whether the step goes by the event time of its rows: a timeout or timers do. */
  readonly byEventTime: boolean;
  /** Where the function sets a timer in event time. */
  readonly eventTimer?: { readonly span: Span; readonly file: { readonly path: string; readonly text: string } };
  readonly initial: InitialState | undefined;
}

/** `state f by k`: a user's function with a state for each key. Output of `update`: the keys, then what the state holds; of the others what the function gives. Event times end. */
export class UserState extends LogicalNode {
  readonly kind = "UserState";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[] = [];
  readonly keyCopies: KeyCopies | undefined;

  constructor(
    readonly input: LogicalPlan,
    /** The table of the first states, where there is one. */
    readonly initial: LogicalPlan | undefined,
    readonly spec: UserStateSpec,
    /** Stable identity in checkpoints: `STREAM/state[-n]` or `STREAM/NAME` from `named`. */
    readonly operatorId: string,
    readonly origin: Span | undefined,
    /** Undefined where late rows are dropped, or nothing is late. */
    readonly late?: LateRoute,
  ) {
    super();
    this.children = initial === undefined ? [input] : [input, initial];
    this.streaming = input.streaming;
    const keys = spec.kind === "update" ? spec.keys : [];
    this.output = [...keys.map(({ id, name, expr }): Column => ({ id, name, type: expr.type, nullable: expr.nullable })), ...spec.columns];
    this.keyCopies = spec.kind === "update" ? keys.map(({ id }): readonly [ColumnId] => [id]) : undefined;
  }

  withChildren(children: readonly LogicalPlan[]): UserState {
    const [input, initial] = children;
    if (input === undefined) return internalError("E9001", "a state has an input");
    return new UserState(input, initial, this.spec, this.operatorId, this.origin, this.late);
  }

  withSpec(spec: UserStateSpec, late: LateRoute | undefined = this.late): UserState {
    return new UserState(this.input, this.initial, spec, this.operatorId, this.origin, late);
  }

  describe(): string {
    const { kind, fn, keys, row, columns, timeout } = this.spec;
    const parts = [
      `State ${kind} ${fn.name}(${exprText(row)}) by ${keys.map(({ expr }) => exprText(expr)).join(", ")}`,
      ...(this.initial === undefined ? [] : ["initial"]),
      ...(timeout === undefined ? [] : [`timeout ${durationText(timeout.span)}${timeout.byClock ? " processing time" : ""}`]),
      `as ${columns.map(({ name }) => name).join(", ")}`,
    ];
    return parts.join(" ");
  }

  protected self(): UserState {
    return this;
  }
}
