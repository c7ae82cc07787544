/** What expressions are made for: the types of Sluice, decimals of any size as one, and `other` for what is only carried along. */
export type ValueType = "int" | "long" | "double" | "decimal" | "string" | "boolean" | "date" | "timestamp" | "texts" | "counts" | "place" | "other";

/** A column of the rows so far, by the name that the job reads it by. */
export interface RandomColumn {
  readonly name: string;
  readonly type: ValueType;
}
