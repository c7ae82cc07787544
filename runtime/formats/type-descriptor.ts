/** The names of the scalar types, as the language writes them; `decimal(12,2)` carries its precision and scale. */
export type ScalarName =
  | "boolean" | "int" | "long" | "float" | "double" | "string" | "binary" | "date" | "timestamp" | "duration"
  | `decimal(${number},${number})`;

/**
 * A type as emitted modules write it: `"long"`, `"long?"` where it may be null, `{ record: [["a", "int?"]] }`,
 * `{ array: "string" }`, `{ map: ["string", "int?"] }`. Records, arrays and maps that may be null say `nullable: true`. Fields are
 * pairs, in order, so that any text may name one.
 */
export type TypeDescriptor = ScalarName | `${ScalarName}?` | RecordDescriptor | ArrayDescriptor | MapDescriptor;

export interface RecordDescriptor {
  readonly record: readonly FieldDescriptor[];
  readonly nullable?: true;
}

export interface ArrayDescriptor {
  /** The element. */
  readonly array: TypeDescriptor;
  readonly nullable?: true;
}

export interface MapDescriptor {
  /** Key and value; a key is a scalar and never null. */
  readonly map: readonly [key: TypeDescriptor, value: TypeDescriptor];
  readonly nullable?: true;
}

export type FieldDescriptor = readonly [name: string, type: TypeDescriptor];

/** The TypeScript type of the values that a descriptor describes. */
export type ValueOf<D extends TypeDescriptor> = D extends `${infer Name}?`
  ? ScalarOf<Name> | null
  : D extends string
    ? ScalarOf<D>
    : D extends RecordDescriptor
      ? RecordOf<D["record"]> | NullOf<D>
      : D extends ArrayDescriptor
        ? readonly ValueOf<D["array"]>[] | NullOf<D>
        : D extends MapDescriptor
          ? ReadonlyMap<ValueOf<D["map"][0]>, ValueOf<D["map"][1]>> | NullOf<D>
          : never;

type NullOf<D> = D extends { readonly nullable: true } ? null : never;
type RecordOf<F extends readonly FieldDescriptor[]> = { readonly [Pair in F[number] as Pair[0]]: ValueOf<Pair[1]> };
type ScalarOf<Name extends string> = Name extends "boolean"
  ? boolean
  : Name extends "string"
    ? string
    : Name extends "binary"
      ? Uint8Array
      : Name extends "long" | `decimal${string}`
        ? number | bigint
        : number;
