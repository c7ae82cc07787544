import type { TimeZone } from "../../time/time-zone.ts";
import { utc } from "../../time/zone.ts";
import type { Block, BlockFile } from "../block-format.ts";
import type { ValueField } from "../value-type.ts";
import { assembleColumn } from "./assemble-column.ts";
import { ColumnShapes, type ColumnShape, type LeafUse } from "./column-shape.ts";
import { DamageGuard } from "./damage-guard.ts";
import { fileColumns, type FileNode } from "./file-node.ts";
import { LeafCursor } from "./leaf-cursor.ts";
import { LeafPages } from "./leaf-pages.ts";
import { leafStatistics, type LeafStatistics } from "./leaf-statistics.ts";
import type { LeafReading } from "./leaf-value.ts";
import { encryptedParquet } from "./parquet-errors.ts";
import { readFooter, type ParquetFooter } from "./parquet-footer.ts";
import type { ColumnMetaData } from "./parquet-library.ts";
import type { RowGroupTest } from "./row-group-test.ts";
import { failsEverywhere } from "./skips-row-group.ts";

export interface ParquetReading {
  /** The columns that are read, with their declared types. */
  readonly columns: readonly ValueField[];
  readonly rowGroups: readonly RowGroupTest[];
  readonly zone: TimeZone;
}

type RowGroup = ParquetFooter["metadata"]["row_groups"][number];

interface Column extends ValueField {
  readonly node: FileNode | undefined;
  readonly shape: ColumnShape;
}

const mostRows = 4096;
/** Bytes of a block's values, by what the file says of its columns. */
const blockBytes = 8 * 1024 * 1024;

/** The rows of a Parquet file, row group by row group, in blocks. */
export async function* readParquet(outside: BlockFile, reading: ParquetReading, signal: AbortSignal): AsyncGenerator<Block, void, undefined> {
  const guard = new DamageGuard(outside);
  const { file } = guard;
  const { metadata, schema } = guard.run(() => footerOf(file));
  const nodes = guard.run(() => fileColumns(schema));
  const shapes = new ColumnShapes(file.path, reading.zone);
  const columns = guard.run(() => reading.columns.map(({ name, type }): Column => {
    const node = nodes.find((other) => other.name === name);
    return { name, type, node, shape: shapes.column(name, type, node) };
  }));
  let first = 0;
  for (const group of metadata.row_groups) {
    const rows = guard.run(() => rowsOf(group));
    if (!guard.run(() => isSkipped(group, columns, reading))) {
      const cursors = guard.run(() => shapes.leaves.map((use) => cursorOf(file, use, group)));
      const size = guard.run(() => blockRows(group, shapes.leaves, rows));
      for (let from = 0; from < rows; from += size) {
        signal.throwIfAborted();
        yield guard.run(() => blockOf(columns, cursors, Math.min(size, rows - from), first + from));
      }
    }
    first += rows;
  }
}

function footerOf(file: BlockFile): ParquetFooter {
  if (file.size < 12) throw new RangeError("it is too short to be one");
  const end = Buffer.from(file.read(file.size - 8, 8));
  const magic = end.toString("latin1", 4);
  if (magic === "PARE") throw encryptedParquet(file.path);
  if (magic !== "PAR1") throw new RangeError("it does not end in PAR1");
  const length = end.readUInt32LE(0);
  if (length > file.size - 12) throw new RangeError(`its footer has ${length} bytes, which is more than there are`);
  const footer = readFooter(file.read(file.size - 8 - length, length + 8));
  const isEncrypted = footer.metadata.row_groups.some(({ columns }) => columns.some(({ crypto_metadata, encrypted_column_metadata }) => crypto_metadata !== undefined || encrypted_column_metadata !== undefined));
  if (isEncrypted) throw encryptedParquet(file.path);
  return footer;
}

function rowsOf({ num_rows }: RowGroup): number {
  const rows = Number(num_rows);
  if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError("a row group says that it has no number of rows that can be");
  return rows;
}

function chunkOf(group: RowGroup, node: FileNode): ColumnMetaData {
  const chunk = group.columns[node.leaf];
  if (chunk?.meta_data === undefined || chunk.meta_data.type !== node.element.type) throw new RangeError(`a row group lacks the column ${node.name}`);
  if (chunk.file_path !== undefined && chunk.file_path !== "") throw new RangeError(`the column ${node.name} lies in another file`);
  return chunk.meta_data;
}

function cursorOf(file: BlockFile, { node, convert }: LeafUse, group: RowGroup): LeafCursor {
  return new LeafCursor(new LeafPages(file, node, chunkOf(group, node), convert), node.definition);
}

function blockRows(group: RowGroup, leaves: readonly LeafUse[], rows: number): number {
  const bytes = leaves.reduce((sum, { node }) => sum + Number(chunkOf(group, node).total_uncompressed_size), 0);
  return Math.max(1, Math.min(mostRows, Math.floor((blockBytes * rows) / Math.max(1, bytes))));
}

function blockOf(columns: readonly Column[], cursors: readonly LeafCursor[], rows: number, first: number): Block {
  const malformed = new Map<number, string>();
  const assembling = {
    cursor: ({ place }: LeafUse) => cursors[place] ?? noCursor(),
    malformed: (row: number, error: string) => void (malformed.has(row) || malformed.set(row, error)),
  };
  const values = columns.map(({ name, shape }) => assembleColumn(name, shape, rows, assembling));
  return { rows, columns: values, first, ...(malformed.size === 0 ? {} : { malformed }) };
}

function noCursor(): never {
  throw new RangeError("a column is read that was not opened");
}

/**
 * Whether no row of a row group can pass the job's filter. One that may hold a malformed row is read all the same, since who counts
 * them, or sets them aside, must not depend on how rows lie in row groups.
 */
function isSkipped(group: RowGroup, columns: readonly Column[], { rowGroups, zone }: ParquetReading): boolean {
  const rows = rowsOf(group);
  const fails = rowGroups.some((test) => {
    const column = columns.find(({ name }) => name === test[0]);
    if (column?.node === undefined) return column !== undefined && test[1] !== "is null";
    const { node, type } = column;
    return node.leaf >= 0 && node.repetition === 0 && failsEverywhere(test, leafStatistics(type, node, chunkOf(group, node), zone === utc), rows);
  });
  return fails && columns.every(({ shape }) => isSound(shape, group));
}

/** Whether all values of a column, or of a part of one, fit in a row group. */
function isSound(shape: ColumnShape, group: RowGroup): boolean {
  switch (shape.kind) {
    case "absent":
      return true;
    case "leaf": {
      const { node } = shape.leaf;
      const chunk = chunkOf(group, node);
      // What a clock says somewhere fits or not as it stands in the file, before its instant is looked up.
      const statistics = leafStatistics(shape.type, node, chunk, true);
      return fitsEverywhere(shape.fits, statistics, Number(chunk.num_values)) && (shape.type.nullable || shape.level === 0 || statistics.nulls === 0);
    }
    case "record":
      return (shape.type.nullable || shape.level === 0) && shape.fields.every((field) => isSound(field.shape, group));
    case "list":
      return (shape.type.nullable || shape.level === 0) && isSound(shape.element, group);
    case "map":
      return (shape.type.nullable || shape.level === 0) && isSound(shape.key, group) && isSound(shape.value, group);
  }
}

function fitsEverywhere(fits: LeafReading["fits"], { nulls, least, greatest }: LeafStatistics, entries: number): boolean {
  if (typeof fits === "string") return fits === "all";
  if (nulls === entries) return true;
  return isNumber(least) && isNumber(greatest) && least >= fits.least && greatest <= fits.greatest;
}

function isNumber(bound: LeafStatistics["least"]): bound is number | bigint {
  return typeof bound === "number" || typeof bound === "bigint";
}
