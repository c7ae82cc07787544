/** The type of a value that crosses between Spark and Node, as the compiler writes it into the bundle. */
export type CrossingType =
  | { readonly kind: "boolean" | "int" | "long" | "float" | "double" | "string" | "binary" | "date" | "timestamp" }
  | { readonly kind: "array"; readonly element: CrossingType; readonly elementNullable: boolean }
  | { readonly kind: "map"; readonly key: CrossingType; readonly value: CrossingType; readonly valueNullable: boolean }
  | { readonly kind: "record"; readonly fields: readonly CrossingField[] }
  /** No function takes it; it comes as part of a record of which other fields are read. */
  | { readonly kind: "decimal" | "duration" | "null" | "error" };

export interface CrossingField {
  readonly name: string;
  readonly type: CrossingType;
  readonly nullable: boolean;
}
