import { parentPath, resolvePath } from "../connectors/file/path.ts";
import type { RowKind } from "../connectors/sink.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { describeSystemError, systemErrorCode } from "../errors/system-error.ts";
import { JsonWriter } from "../formats/json-writer.ts";
import type { Host, OpenFile } from "../host/host.ts";
import type { BatchContext } from "./batch-context.ts";
import type { BatchEnd, BatchListener } from "./batch-listener.ts";
import { takeOverCapture } from "./capture-takeover.ts";

export interface CaptureOptions {
  /** Relative to the working directory. */
  readonly path: string;
  /** Whether to go on with a file that is there (queries with kept checkpoints); otherwise the file starts empty. */
  readonly keep: boolean;
  /** Of a file that is gone on with, the queries that start anew (no kept checkpoint): their lines are taken away. None where it is left out. */
  readonly startsAnew?: (query: string) => boolean;
  /** `--changelog`: the rows before updates (`-U`) too, and deleted rows as they were. For that the last row of each key is held in memory. */
  readonly changelog: boolean;
}

/** Bytes of a batch that are gathered before they are appended. */
const flushBytes = 1 << 20;

/**
 * The file of `--capture`: every row that the queries of a job emit and the end of every batch, an object a line. The lines of a
 * batch are appended and synced before its `commits/N`; a batch that is written again opens with its attempt, and readers keep
 * the last one. Several queries write into one file; a line is never torn apart by another query's. The file is touched by `open`,
 * or by the first batch, so that a job that cannot start leaves it as it is.
 */
export class CaptureFile {
  readonly #host: Host;
  readonly #path: string;
  readonly #options: CaptureOptions;
  readonly #attempts = new Map<string, number>();
  #opened: OpenFile | undefined;

  constructor(host: Host, options: CaptureOptions) {
    this.#host = host;
    this.#path = resolvePath(host, options.path);
    this.#options = options;
  }

  /** Goes on with the file or begins it; R7330 where it cannot be written, R7331 where it is not a capture's. */
  open(): void {
    this.#file();
  }

  /** The listener of one query. */
  listener<Row>(query: { readonly name: string; encodeJson(row: Row, out: JsonWriter): void }): BatchListener<Row> {
    return new QueryCapture<Row>(query, this.#options.changelog, {
      attemptOf: (batch) => this.#attemptOf(query.name, batch),
      append: (lines) => this.#writing(() => this.#file().write(lines)),
      sync: () =>
        this.#writing(() => {
          this.#host.fault("capture.written");
          this.#file().sync();
          this.#host.fault("capture.synced");
        }),
    });
  }

  close(): void {
    this.#opened?.close();
  }

  #file(): OpenFile {
    return (this.#opened ??= this.#writing(() => {
      const { keep, startsAnew = () => false } = this.#options;
      if (keep) takeOverCapture(this.#host, this.#path, startsAnew, (query, batch, attempt) => this.#note(query, batch, attempt));
      const file = this.#host.fs.open(this.#path, keep ? "append" : "truncate");
      this.#host.fs.syncDirectory(parentPath(this.#path));
      return file;
    }));
  }

  /** A line without an attempt belongs to the attempt that was last begun. */
  #note(query: string, batch: number, attempt: number): void {
    const key = keyOf(query, batch);
    this.#attempts.set(key, Math.max(attempt, this.#attempts.get(key) ?? 1));
  }

  #attemptOf(query: string, batch: BatchContext): number {
    this.open();
    const key = keyOf(query, batch.id);
    const attempt = Math.max(batch.attempt, (this.#attempts.get(key) ?? 0) + 1);
    this.#attempts.set(key, attempt);
    return attempt;
  }

  #writing<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      throw new SluiceRuntimeError({ code: "R7330", what: `cannot write the capture file: ${describeSystemError(error)}`, where: this.#path, how: "mend that, or give `--capture` another path", cause: error });
    }
  }
}

function keyOf(query: string, batch: number): string {
  return `${batch} ${query}`;
}

interface CaptureTarget {
  attemptOf(batch: BatchContext): number;
  append(lines: Uint8Array): void;
  sync(): void;
}

class QueryCapture<Row> implements BatchListener<Row> {
  readonly #query: { readonly name: string; encodeJson(row: Row, out: JsonWriter): void };
  readonly wantsRowsBefore: boolean;
  readonly takesDeletedRows = true;
  readonly #target: CaptureTarget;
  readonly #out = new JsonWriter();
  #batch = 0;

  constructor(query: { readonly name: string; encodeJson(row: Row, out: JsonWriter): void }, changelog: boolean, target: CaptureTarget) {
    this.#query = query;
    this.wantsRowsBefore = changelog;
    this.#target = target;
  }

  begin(batch: BatchContext): void {
    this.#out.reset();
    this.#batch = batch.id;
    const attempt = this.#target.attemptOf(batch);
    if (attempt === 1) return;
    this.#head();
    this.#out.raw(',"attempt":');
    this.#out.int(attempt);
    this.#endLine();
  }

  row(kind: RowKind, row: Row): void {
    this.#head();
    this.#out.raw(`,"kind":"${kind}","row":`);
    this.#query.encodeJson(row, this.#out);
    this.#endLine();
    if (this.#out.length < flushBytes) return;
    this.#target.append(this.#out.view());
    this.#out.reset();
  }

  end(end: BatchEnd): void {
    this.#head();
    this.#out.raw(',"watermark":');
    if (end.watermark === Infinity) this.#out.raw('"Infinity"');
    else this.#out.timestamp(end.watermark === null ? null : end.watermark * 1000);
    for (const name of ["inputRows", "outputRows", "late", "malformed"] as const) {
      this.#out.raw(`,"${name}":`);
      this.#out.int(end[name]);
    }
    this.#endLine();
    this.#target.append(this.#out.view());
    this.#out.reset();
    this.#target.sync();
  }

  #head(): void {
    this.#out.raw('{"query":');
    this.#out.text(this.#query.name);
    this.#out.raw(',"batch":');
    this.#out.int(this.#batch);
  }

  #endLine(): void {
    this.#out.raw("}");
    this.#out.newline();
  }
}
