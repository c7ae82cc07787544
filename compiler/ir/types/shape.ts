/**
 * What a TypeScript type of a user's function says of the values that cross the border between columns and functions. Read from the source
 * (`2-analyze/user-functions`), held against columns, and emitted as conversions.
 */
export type Shape = ScalarShape | ArrayShape | MapShape | RecordShape;

/** `null` may stand for a value; `undefined` too (an optional field, `T | undefined`), which counts as null where it comes back. */
interface ShapeBase {
  readonly nullable: boolean;
  readonly optional: boolean;
}

export interface ScalarShape extends ShapeBase {
  readonly kind: "string" | "boolean" | "number" | "bigint" | "Date" | "Uint8Array";
}

export interface ArrayShape extends ShapeBase {
  readonly kind: "array";
  readonly element: Shape;
}

/** A `Map` from strings. */
export interface MapShape extends ShapeBase {
  readonly kind: "map";
  readonly value: Shape;
}

/** An interface, a type literal or a class with fields. */
export interface RecordShape extends ShapeBase {
  readonly kind: "record";
  /** The declared name, where there is one: two shapes of one name are one type. */
  readonly name: string | undefined;
  readonly fields: readonly ShapeField[];
}

export interface ShapeField {
  readonly name: string;
  readonly shape: Shape;
  /** Declared with a `?`: it may be left out, which is not the same as being undefined. */
  readonly omittable?: true;
}
