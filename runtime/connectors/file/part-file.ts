import type { Host, OpenFile } from "../../host/host.ts";
import type { ManifestFile } from "./manifest-codec.ts";
import { pendingName } from "./manifest-layout.ts";
import { joinPath } from "./path.ts";

/** One file of a sink on its way: hidden and open, then sealed (durable, still hidden), then visible. */
export class PartFile {
  readonly name: string;
  readonly #host: Host;
  readonly #folder: string;
  #file: OpenFile | undefined;
  #bytes = 0;

  constructor(host: Host, folder: string, name: string) {
    this.name = name;
    this.#host = host;
    this.#folder = folder;
    this.#file = host.fs.open(joinPath(folder, pendingName(name)), "create exclusively");
    host.fault("sink-file.opened");
  }

  append(bytes: Uint8Array): void {
    this.#file?.write(bytes);
    this.#bytes += bytes.length;
  }

  /** Makes the content and the hidden name durable. */
  seal(): void {
    this.#host.fault("sink-file.written");
    this.#file?.sync();
    this.#host.fault("sink-file.synced");
    this.#close();
    this.#host.fs.syncDirectory(this.#folder);
    this.#host.fault("sink-file.prepared");
  }

  /** Gives the file its visible name; only once its batch is in the manifest. */
  reveal(): void {
    this.#host.fs.renameWithoutReplace(joinPath(this.#folder, pendingName(this.name)), joinPath(this.#folder, this.name));
    this.#host.fault("sink-file.renamed");
    this.#host.fs.syncDirectory(this.#folder);
    this.#host.fault("sink-file.visible");
  }

  /** Removes the file of a batch that failed. */
  discard(): void {
    this.#close();
    this.#host.fs.remove(joinPath(this.#folder, pendingName(this.name)));
  }

  /** What the manifest says of it. */
  listing(rows: number): ManifestFile {
    return { name: this.name, bytes: this.#bytes, rows };
  }

  #close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}
