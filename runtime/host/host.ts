/**
 * Everything outside: files, time, chance, the network, the process. It is passed down to whoever needs it, and nothing else
 * in the runtime touches the outside, so that tests own all of it.
 */
export interface Host {
  readonly fs: FileSystem;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly net: Network;
  readonly process: ProcessHost;
  readonly compression: Compression;
  /** Uniform in [0, 1). */
  random(): number;
  uuid(): string;
  /**
   * Marks a moment that recovery depends on. Does nothing in production; a test may make it throw a `SimulatedCrash` or kill
   * the process. Names are dotted and stable (`offsets.synced`); `faultPoints` lists them all.
   */
  fault(name: string): void;
}

export interface Clock {
  /** Milliseconds since the epoch, whole. */
  now(): number;
  /** Milliseconds of a clock that never steps back, for durations. */
  monotonic(): number;
}

export interface Timers {
  /** Resolves after `milliseconds`, or at once when the signal fires (it does not reject). */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Lets other events run. */
  yield(): Promise<void>;
}

export interface FileStat {
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly kind: "file" | "directory" | "other";
}

/** An open file; closed by the caller. Reads and writes are synchronous: the hot loop reads whole chunks. */
export interface OpenFile {
  /** Reads up to `length` bytes at `position` into `into` at `offset`; 0 at the end. */
  read(into: Uint8Array, offset: number, length: number, position: number): number;
  write(bytes: Uint8Array): void;
  /** Makes what was written durable. Any error is fatal for the query. */
  sync(): void;
  close(): void;
}

/** Paths are plain strings with `/`. Errors are Node's own (`code: "ENOENT"` …). */
export interface FileSystem {
  stat(path: string): FileStat | undefined;
  /** Names in a directory, in no particular order; undefined where there is none. */
  list(path: string): readonly string[] | undefined;
  /** Makes a directory and those above it; fine where it is there already. */
  makeDirectory(path: string): void;
  open(path: string, flags: "read" | "create exclusively" | "append" | "truncate"): OpenFile;
  readFile(path: string): Uint8Array | undefined;
  rename(from: string, to: string): void;
  /**
   * Fails with EEXIST where `to` is there already. Not one step: a process that dies within it (fault point `file.linked`) leaves
   * the file under both names, and whoever finds them removes the old one.
   */
  renameWithoutReplace(from: string, to: string): void;
  remove(path: string): void;
  /** Removes a directory with all that is in it, or a file; fine where nothing is there. */
  removeTree(path: string): void;
  /** Makes creations, renames and removals in a directory durable. */
  syncDirectory(path: string): void;
  /** The path with links resolved; undefined where nothing is there. */
  realPath(path: string): string | undefined;
}

/** What the platform has of compression; pure, but it is the platform's. */
export interface Compression {
  /** The decompressed bytes of an archive that comes in pieces; undefined where the platform does not know this kind. Fails as Node's zlib does. */
  decompress(kind: "gzip" | "zstd", pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> | undefined;
  /** A whole archive of the bytes; archives one behind the other are an archive again. */
  gzip(bytes: Uint8Array): Uint8Array;
  /** DEFLATE without a frame around it (RFC 1951). */
  deflate(bytes: Uint8Array): Uint8Array;
  /** What `deflate` packed; fails as Node's zlib does, also where there are more than `most` bytes. */
  inflate(bytes: Uint8Array, most: number): Uint8Array;
}

export interface Connection {
  /** The next bytes, or undefined at the end; rejects when the connection breaks. */
  receive(): Promise<Uint8Array | undefined>;
  close(): void;
}

export interface HttpRequest {
  readonly method: string;
  /** Without the query: `/metrics`. */
  readonly path: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface HttpServer {
  /** Where it listens; what the system chose where port 0 was asked for. */
  readonly port: number;
  /** Takes no more requests and cuts off those that are open. */
  close(): Promise<void>;
}

/** A request to another machine. */
export interface HttpCall {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResult {
  readonly status: number;
  readonly body: string;
}

export interface Network {
  /** Asks another machine. Rejects with Node's error (`ECONNREFUSED` …) where it cannot be reached, or with the signal's reason; any status is an answer. */
  request(call: HttpCall, signal: AbortSignal): Promise<HttpResult>;
  connect(host: string, port: number): Promise<Connection>;
  /** Answers HTTP requests. Rejects with Node's error where the address is taken (`EADDRINUSE`) or not this machine's. */
  serve(host: string, port: number, answer: (request: HttpRequest) => HttpAnswer): Promise<HttpServer>;
}

/** How a process has ended. */
export interface ChildEnd {
  /** Its exit code; null where it was ended from outside, or could not be started. */
  readonly code: number | null;
  /** What ended it then. */
  readonly problem?: string;
  /** The signal, if it was one. */
  readonly signal?: string;
}

/** A process that this one has started. */
export interface ChildProcess {
  /** Never rejects. */
  readonly ended: Promise<ChildEnd>;
  signal(signal: "SIGINT" | "SIGTERM"): void;
}

export interface ProcessHost {
  readonly pid: number;
  /** What the program was started with, without its own name. */
  readonly arguments: readonly string[];
  /** Starts the program once more, with other arguments. What it writes to stdout goes where this process writes to; it ends when this process has died. */
  startAgain(args: readonly string[], onStderr: (text: string) => void): ChildProcess;
  /** A text that tells a running process from any other that had or will have its pid; undefined where none runs under it. */
  identify(pid: number): string | undefined;
  readonly env: (name: string) => string | undefined;
  readonly workingDirectory: string;
  writeStdout(text: string): void;
  writeStderr(text: string): void;
  readonly stderrIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  /** Calls `handler` on SIGINT and SIGTERM; returns how to stop listening. */
  onSignal(handler: (signal: "SIGINT" | "SIGTERM") => void): () => void;
  exit(code: number): never;
  /** Resident memory and CPU for progress and health; microseconds of CPU. */
  usage(): { readonly residentBytes: number; readonly cpuMicroseconds: number };
}
