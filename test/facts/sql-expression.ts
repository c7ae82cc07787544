import type { DataType } from "../../compiler/ir/types/data-type.ts";
import type { RuntimeValue } from "../../runtime/functions/runtime-value.ts";

/** An expression of the facts: operators and functions under the names of Sluice's catalogue. */
export type SqlExpression =
  | { readonly kind: "literal"; readonly type: DataType; readonly value: RuntimeValue; /** As Sluice writes it. */ readonly text: string }
  | { readonly kind: "column"; readonly name: string }
  | SqlCall
  | { readonly kind: "cast"; readonly input: SqlExpression; readonly type: DataType; readonly safe: boolean }
  | { readonly kind: "case"; readonly clauses: readonly { readonly when: SqlExpression; readonly then: SqlExpression }[]; readonly otherwise: SqlExpression | undefined }
  | { readonly kind: "array"; readonly items: readonly SqlExpression[] }
  | { readonly kind: "record"; readonly fields: readonly (readonly [name: string, value: SqlExpression])[] }
  | { readonly kind: "field"; readonly input: SqlExpression; readonly name: string }
  | { readonly kind: "index"; readonly input: SqlExpression; readonly index: SqlExpression };

/** A call. `asType` is from_json's; `options` are those of from_json and to_json, as Sluice writes their values; `distinct` and `where` are an aggregate's. */
export interface SqlCall {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly SqlExpression[];
  readonly asType?: DataType;
  readonly options?: readonly (readonly [name: string, value: string])[];
  readonly distinct?: boolean;
  readonly where?: SqlExpression;
}
