import { utc } from "../../time/zone.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { descriptorText, type ValueType } from "../value-type.ts";
import { firstLeaf, nodeText, type FileNode } from "./file-node.ts";
import { leafValue, type LeafReading, type LeafValue } from "./leaf-value.ts";
import { isList, isMap, listForm, mapForm } from "./node-form.ts";
import { columnMissing, columnOfOtherType } from "./parquet-errors.ts";

/** How a declared column, or a part of one, is made of the file's leaves. */
export type ColumnShape =
  | { readonly kind: "absent" }
  | { readonly kind: "leaf"; readonly leaf: LeafUse; readonly fits: LeafReading["fits"]; readonly level: number; readonly type: ValueType }
  | { readonly kind: "record"; readonly first: LeafUse; readonly level: number; readonly fields: readonly FieldShape[]; readonly empty: Readonly<Record<string, null>>; readonly probe: LeafUse | undefined; readonly type: ValueType; readonly repetition: number }
  | ListShape
  | (Omit<ListShape, "kind" | "element"> & { readonly kind: "map"; readonly key: ColumnShape; readonly value: ColumnShape });

export interface FieldShape {
  readonly name: string;
  readonly shape: ColumnShape;
}

export interface ListShape {
  readonly kind: "list";
  readonly first: LeafUse;
  /** The level from which on it is not null. */
  readonly level: number;
  /** The level from which on it has an item. */
  readonly itemLevel: number;
  /** The repetition level of its further items. */
  readonly repetition: number;
  readonly element: ColumnShape;
  readonly type: ValueType;
}

/** A leaf that is read, and what its values become. */
export interface LeafUse {
  readonly node: FileNode;
  readonly convert: LeafValue;
  /** Its place among the leaves that the columns use. */
  readonly place: number;
}

/** Matches declared columns with those of one file, and gathers the leaves to be read. */
export class ColumnShapes {
  readonly leaves: LeafUse[] = [];
  readonly #path: string;
  readonly #zone: TimeZone;

  /** `path` of the file, for errors; timestamps that are no instants are in `zone`. */
  constructor(path: string, zone: TimeZone = utc) {
    this.#path = path;
    this.#zone = zone;
  }

  /** The shape of a declared column; fails where the file's cannot be read as it. `node` undefined: the file has none. */
  column(name: string, type: ValueType, node: FileNode | undefined): ColumnShape {
    if (node !== undefined) return this.#shape(name, type, node);
    if (!type.nullable) throw columnMissing(this.#path, name);
    return { kind: "absent" };
  }

  #shape(name: string, type: ValueType, node: FileNode): ColumnShape {
    // A field that is repeated without more is a list of what it holds.
    if (node.element.repetition_type === "REPEATED") return type.kind === "array" ? this.#bareList(name, type.element, node, type) : this.#refuse(name, type, node);
    switch (type.kind) {
      case "record":
        return node.leaf < 0 && !isList(node) && !isMap(node) ? this.#record(name, type, node) : this.#refuse(name, type, node);
      case "array":
        return isList(node) ? this.#list(name, type, node) : this.#refuse(name, type, node);
      case "map":
        return isMap(node) ? this.#map(name, type, node) : this.#refuse(name, type, node);
      default:
        return this.#leaf(name, type, node);
    }
  }

  #leaf(name: string, type: ValueType, node: FileNode): ColumnShape {
    const { convert, fits } = (node.leaf < 0 ? undefined : leafValue(type, node.element, this.#zone)) ?? this.#refuse(name, type, node);
    return { kind: "leaf", leaf: this.#use(node, convert), fits, level: node.definition, type };
  }

  #record(name: string, type: ValueType & { readonly kind: "record" }, node: FileNode): ColumnShape {
    const fields = type.fields.map((field) => ({ name: field.name, shape: this.column(`${name}.${field.name}`, field.type, node.children.find((child) => child.name === field.name)) }));
    const found = firstUse(fields.map(({ shape }) => shape));
    // Where the file has none of the declared fields, another one tells whether the record is there.
    const first = found ?? this.#use(firstLeaf(node), (raw) => raw);
    return { kind: "record", first, level: node.definition, fields, empty: type.empty, probe: found === undefined ? first : undefined, type, repetition: node.repetition };
  }

  #list(name: string, type: ValueType & { readonly kind: "array" }, node: FileNode): ColumnShape {
    const { repeated, item } = listForm(node) ?? this.#refuse(name, type, node);
    const element = item === undefined ? this.#item(name, type.element, repeated) : this.#shape(`${name}[]`, type.element, item);
    return this.#listOf(element, repeated, node.definition, type);
  }

  #bareList(name: string, element: ValueType, node: FileNode, type: ValueType): ColumnShape {
    return this.#listOf(this.#item(name, element, node), node, 0, type);
  }

  /** The repeated node itself is the item. */
  #item(name: string, type: ValueType, node: FileNode): ColumnShape {
    if (type.kind !== "record") return this.#leaf(`${name}[]`, type, node);
    return node.leaf < 0 ? this.#record(`${name}[]`, type, node) : this.#refuse(`${name}[]`, type, node);
  }

  #listOf(element: ColumnShape, repeated: FileNode, level: number, type: ValueType): ColumnShape {
    return { kind: "list", first: firstUse([element]) ?? this.#use(firstLeaf(repeated), (raw) => raw), level, itemLevel: repeated.definition, repetition: repeated.repetition, element, type };
  }

  #map(name: string, type: ValueType & { readonly kind: "map" }, node: FileNode): ColumnShape {
    const { entries, key, value } = mapForm(node) ?? this.#refuse(name, type, node);
    const keys = this.#shape(`${name}.key`, type.key, key);
    const values = this.#shape(`${name}.value`, type.value, value);
    return { kind: "map", first: firstUse([keys]) ?? this.#use(firstLeaf(key), (raw) => raw), level: node.definition, itemLevel: entries.definition, repetition: entries.repetition, key: keys, value: values, type };
  }

  #use(node: FileNode, convert: LeafValue): LeafUse {
    const use = { node, convert, place: this.leaves.length };
    this.leaves.push(use);
    return use;
  }

  #refuse(name: string, type: ValueType, node: FileNode): never {
    throw columnOfOtherType(this.#path, name, nodeText(node), descriptorText({ ...type, nullable: false }));
  }
}

/** The first leaf that the shapes read. */
function firstUse(shapes: readonly ColumnShape[]): LeafUse | undefined {
  for (const shape of shapes) {
    if (shape.kind !== "absent") return shape.kind === "leaf" ? shape.leaf : shape.first;
  }
  return undefined;
}
