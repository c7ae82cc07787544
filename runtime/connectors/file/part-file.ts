import { makeDurableDirectory } from "../../checkpoint/durable-file.ts";
import type { Host, OpenFile } from "../../host/host.ts";
import type { ManifestFile } from "./manifest-codec.ts";
import { pendingName } from "./manifest-layout.ts";
import { joinPath } from "./path.ts";

/** One file of a sink on its way: hidden and open, then sealed (durable, still hidden), then visible. */
export class PartFile {
  /** Under the sink's folder: `part-0-0-1.json`, or `day=1/part-0-0-1.json`. */
  readonly name: string;
  readonly #host: Host;
  readonly #folder: string;
  readonly #pending: string;
  #file: OpenFile | undefined;
  #bytes = 0;

  /** `partition` is a folder under the sink's, or empty. */
  constructor(host: Host, target: string, partition: string, name: string) {
    this.name = joinPath(partition, name);
    this.#host = host;
    this.#folder = partition === "" ? target : joinPath(target, partition);
    this.#pending = joinPath(this.#folder, pendingName(name));
    if (partition !== "") makeDurableDirectory(host, this.#folder);
    this.#file = host.fs.open(this.#pending, "create exclusively");
    host.fault("sink-file.opened");
  }

  append(bytes: Uint8Array): void {
    this.#opened().write(bytes);
    this.#bytes += bytes.length;
  }

  /** Closes the file for the time being: a batch may write more files than a process may have open. */
  rest(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  /** Makes the content and the hidden name durable. */
  seal(): void {
    this.#host.fault("sink-file.written");
    this.#opened().sync();
    this.#host.fault("sink-file.synced");
    this.rest();
    this.#host.fs.syncDirectory(this.#folder);
    this.#host.fault("sink-file.prepared");
  }

  /** Gives the file its visible name; only once its batch is in the manifest. */
  reveal(): void {
    const base = this.name.slice(this.name.lastIndexOf("/") + 1);
    this.#host.fs.renameWithoutReplace(this.#pending, joinPath(this.#folder, base));
    this.#host.fault("sink-file.renamed");
    this.#host.fs.syncDirectory(this.#folder);
    this.#host.fault("sink-file.visible");
  }

  /** Puts the file in the place of `visible`, in one step. */
  replace(visible: string): void {
    this.#host.fs.rename(this.#pending, joinPath(this.#folder, visible));
    this.#host.fault("sink-file.switched");
    this.#host.fs.syncDirectory(this.#folder);
    this.#host.fault("sink-file.visible");
  }

  /** Removes the file of a batch that failed. */
  discard(): void {
    this.rest();
    this.#host.fs.remove(this.#pending);
  }

  /** What the manifest says of it. */
  listing(rows: number): ManifestFile {
    return { name: this.name, bytes: this.#bytes, rows };
  }

  #opened(): OpenFile {
    return (this.#file ??= this.#host.fs.open(this.#pending, "append"));
  }
}
