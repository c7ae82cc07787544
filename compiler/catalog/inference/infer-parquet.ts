import { fileColumns, nodeText, type FileNode } from "../../../runtime/formats/parquet/file-node.ts";
import { decimalScale, isUnsigned, isWide, timestampForm } from "../../../runtime/formats/parquet/leaf-value.ts";
import { isList, isMap, listForm, mapForm } from "../../../runtime/formats/parquet/node-form.ts";
import { readFooter } from "../../../runtime/formats/parquet/parquet-footer.ts";
import { thrownMessage } from "../../../runtime/errors/thrown-message.ts";
import type { DataType, Field } from "../../ir/types/data-type.ts";
import { arrayType, binaryType, booleanType, dateType, decimalType, doubleType, floatType, intType, longType, mapType, recordType, stringType, timestampType } from "../../ir/types/data-type.ts";

/** What a Parquet file says of its columns, or which of them the language has no type for. */
export type ParquetColumns = { readonly ok: true; readonly fields: readonly Field[] } | { readonly ok: false; readonly reason: string } | { readonly ok: false; readonly column: string; readonly found: string };

/** The columns of a file, by its footer; nothing else of it is read. Columns that the file requires are never null. */
export function inferParquet(bytes: Uint8Array): ParquetColumns {
  try {
    const fields: Field[] = [];
    for (const node of fileColumns(readFooter(bytes).schema)) {
      const field = fieldOf(node, node.name);
      if ("unsupported" in field) return { ok: false, column: field.unsupported, found: field.found };
      fields.push(field);
    }
    return fields.length === 0 ? { ok: false, reason: "it has no columns" } : { ok: true, fields };
  } catch (error) {
    return { ok: false, reason: `it is no Parquet file (${thrownMessage(error)})` };
  }
}

interface Unsupported {
  readonly unsupported: string;
  readonly found: string;
}

function fieldOf(node: FileNode, path: string): Field | Unsupported {
  const isRepeated = node.element.repetition_type === "REPEATED";
  const item = isRepeated ? itemOf(node, path) : typeOf(node, path);
  if ("unsupported" in item) return item;
  if (isRepeated) return { name: node.name, type: arrayType(item, false), nullable: false };
  return { name: node.name, type: item, nullable: node.element.repetition_type === "OPTIONAL" };
}

function typeOf(node: FileNode, path: string): DataType | Unsupported {
  if (node.leaf >= 0) return leafType(node) ?? { unsupported: path, found: nodeText(node) };
  if (isList(node)) {
    const list = listForm(node);
    if (list === undefined) return { unsupported: path, found: nodeText(node) };
    const { repeated, item } = list;
    const type = item === undefined ? itemOf(repeated, `${path}[]`) : typeOf(item, `${path}[]`);
    return "unsupported" in type ? type : arrayType(type, item?.element.repetition_type === "OPTIONAL");
  }
  if (isMap(node)) {
    const map = mapForm(node);
    if (map === undefined) return { unsupported: path, found: nodeText(node) };
    const key = typeOf(map.key, `${path}.key`);
    if ("unsupported" in key) return key;
    const value = fieldOf(map.value, `${path}.value`);
    return "unsupported" in value ? value : mapType(key, value.type, value.nullable);
  }
  return itemOf(node, path);
}

/** A leaf or a group as it is, whatever repeats it. */
function itemOf(node: FileNode, path: string): DataType | Unsupported {
  if (node.leaf >= 0) return leafType(node) ?? { unsupported: path, found: nodeText(node) };
  const fields: Field[] = [];
  for (const child of node.children) {
    const field = fieldOf(child, `${path}.${child.name}`);
    if ("unsupported" in field) return field;
    fields.push(field);
  }
  return recordType(fields);
}

const texts: ReadonlySet<string> = new Set(["UTF8", "STRING", "ENUM", "JSON", "UUID"]);

/** As Spark reads them (ParquetSchemaConverter); undefined where the language has no such type. */
function leafType({ element }: FileNode): DataType | undefined {
  const annotation = element.converted_type ?? element.logical_type?.type;
  if (annotation === "DECIMAL") {
    const precision = element.precision ?? (element.logical_type?.type === "DECIMAL" ? element.logical_type.precision : 0);
    const scale = decimalScale(element);
    return precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision ? decimalType(precision, scale) : undefined;
  }
  if (annotation === "DATE") return dateType;
  if (element.type === "INT96" || timestampForm(element) !== undefined) return timestampType;
  if (annotation === "BSON" || annotation === "INTERVAL" || annotation?.startsWith("TIME") === true) return undefined;
  switch (element.type) {
    case "BOOLEAN":
      return booleanType;
    case "INT32":
      return isWide(element) ? longType : intType;
    case "INT64":
      return isUnsigned(element) ? decimalType(20, 0) : longType;
    case "FLOAT":
      return floatType;
    case "DOUBLE":
      return doubleType;
    default:
      if (element.logical_type?.type === "FLOAT16") return floatType;
      return texts.has(annotation ?? "") || texts.has(element.logical_type?.type ?? "") ? stringType : binaryType;
  }
}
