import type { Span } from "../../source/span.ts";
import type { Name } from "./name.ts";

/** A type as written. */
export type TypeNode = NamedTypeNode | RecordTypeNode | ArrayTypeNode | NullableTypeNode | MissingTypeNode;

/** `int`, `decimal(10, 2)`, `map<string, int>`, or the name of a schema. */
export interface NamedTypeNode {
  readonly kind: "NamedType";
  readonly span: Span;
  readonly name: Name;
  readonly numbers: readonly number[];
  readonly typeArguments: readonly TypeNode[];
}

export interface FieldNode {
  readonly name: Name;
  readonly type: TypeNode;
}

export interface RecordTypeNode {
  readonly kind: "RecordType";
  readonly span: Span;
  readonly fields: readonly FieldNode[];
}

export interface ArrayTypeNode {
  readonly kind: "ArrayType";
  readonly span: Span;
  readonly element: TypeNode;
}

export interface NullableTypeNode {
  readonly kind: "NullableType";
  readonly span: Span;
  readonly type: TypeNode;
}

export interface MissingTypeNode {
  readonly kind: "MissingType";
  readonly span: Span;
}
