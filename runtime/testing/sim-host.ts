import { nodeCompression } from "../host/node-compression.ts";
import type { Host, ProcessHost } from "../host/host.ts";
import { SimulatedCrash } from "../errors/simulated-crash.ts";
import { SeededRandom } from "./seeded-random.ts";
import { SimChild } from "./sim-child.ts";
import { SimClock } from "./sim-clock.ts";
import { SimFileSystem } from "./sim-file-system.ts";
import { SimNetwork } from "./sim-network.ts";
import type { SimDirectory } from "./sim-nodes.ts";

export interface SimHostOptions {
  /** All chance comes from it. */
  readonly seed?: number;
  /** Milliseconds since the epoch; 2024-01-01 if nothing else is said. */
  readonly start?: number;
  /** Time jumps to the next timer when the program has nothing else to do. */
  readonly autoAdvance?: boolean;
  readonly workingDirectory?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What the program was started with. */
  readonly arguments?: readonly string[];
}

/** What another host hands on to its successor. */
interface Inheritance {
  readonly root: SimDirectory;
  readonly net: SimNetwork;
  readonly clock: SimClock;
  readonly pid: number;
}

/** Thrown by `exit` in a simulation. */
export class SimulatedExit extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.name = "SimulatedExit";
    this.exitCode = exitCode;
  }
}

/**
 * A whole machine in memory: the same seed gives the same run. `crashAt` lets the process die at a fault point; `afterCrash` then gives
 * the machine as the next process finds it. A dead host throws `SimulatedCrash` at whatever it is asked.
 */
export class SimHost implements Host {
  readonly fs: SimFileSystem;
  readonly clock: SimClock;
  readonly timers: SimClock;
  readonly net: SimNetwork;
  readonly process: ProcessHost;
  readonly compression = nodeCompression;
  /** The processes that the program has started, in order. */
  readonly children: SimChild[] = [];
  /** The fault points that were reached, in order. */
  readonly reached: string[] = [];
  readonly #options: SimHostOptions;
  readonly #random: SeededRandom;
  readonly #pid: number;
  readonly #stdout: string[] = [];
  readonly #stderr: string[] = [];
  readonly #signalHandlers = new Set<(signal: "SIGINT" | "SIGTERM") => void>();
  #crash: { readonly point: string; left: number } | undefined;
  #dead: string | undefined;

  constructor(options: SimHostOptions = {}, inherited?: Inheritance) {
    this.#options = options;
    this.#pid = inherited?.pid ?? 1000;
    this.#random = new SeededRandom((options.seed ?? 1) + (this.#pid - 1000) * 7919);
    this.clock = inherited?.clock ?? new SimClock(options.start ?? Date.UTC(2024, 0, 1), options.autoAdvance ?? false);
    this.timers = this.clock;
    this.net = inherited?.net ?? new SimNetwork();
    const workingDirectory = options.workingDirectory ?? "/home";
    const context = { random: this.#random, workingDirectory, now: () => this.clock.now(), ensureAlive: () => this.#ensureAlive(), fault: (name: string) => this.fault(name) };
    this.fs = new SimFileSystem(context, inherited?.root);
    this.process = this.#makeProcess(workingDirectory);
    if (inherited === undefined) this.#makeWorkingDirectory(workingDirectory);
  }

  /** What was written to the standard streams. */
  get stdout(): string {
    return this.#stdout.join("");
  }

  get stderr(): string {
    return this.#stderr.join("");
  }

  random(): number {
    return this.#random.next();
  }

  uuid(): string {
    return this.#random.uuid();
  }

  fault(name: string): void {
    this.#ensureAlive();
    this.reached.push(name);
    if (this.#crash?.point !== name || --this.#crash.left > 0) return;
    this.crash(name);
  }

  /** Lets the process die when a fault point is reached for the nth time from now. */
  crashAt(point: string, occurrence = 1): void {
    this.#crash = { point, left: occurrence };
  }

  /** Lets the process die here and now. */
  crash(point = "crash"): never {
    this.#dead = point;
    throw new SimulatedCrash(point);
  }

  /** Sends a signal to the process. */
  signal(signal: "SIGINT" | "SIGTERM"): void {
    for (const handler of this.#signalHandlers) handler(signal);
  }

  /**
   * The machine as the next process finds it. `power loss` (the worst case): what was not synced is gone, or there in part. `kill`: only
   * the process died. A host that has not crashed is dead from now on.
   */
  afterCrash(loss: "power loss" | "kill" = "power loss"): SimHost {
    this.#dead ??= "replaced by another process";
    this.net.dropConnections();
    const root = loss === "power loss" ? this.fs.root.afterPowerLoss(this.#random) : this.fs.root.copy();
    return new SimHost(this.#options, { root, net: this.net, clock: this.clock, pid: this.#pid + 1 });
  }

  #makeProcess(workingDirectory: string): ProcessHost {
    return {
      pid: this.#pid,
      arguments: this.#options.arguments ?? [],
      startAgain: (args, onStderr) => {
        const child = new SimChild(args, onStderr);
        this.children.push(child);
        return child;
      },
      identify: (pid) => (pid === this.#pid && this.#dead === undefined ? `${pid}@sim` : undefined),
      env: (name) => this.#options.env?.[name],
      workingDirectory,
      writeStdout: (text) => void this.#stdout.push(text),
      writeStderr: (text) => void this.#stderr.push(text),
      stderrIsTerminal: false,
      stdoutIsTerminal: false,
      onSignal: (handler) => {
        this.#signalHandlers.add(handler);
        return () => void this.#signalHandlers.delete(handler);
      },
      exit: (code) => {
        throw new SimulatedExit(code);
      },
      usage: () => ({ residentBytes: 100_000_000, cpuMicroseconds: 0 }),
    };
  }

  #makeWorkingDirectory(path: string): void {
    this.fs.put(`${path}/.keep`, "");
    this.fs.remove(`${path}/.keep`);
    this.fs.syncDirectory(path);
  }

  #ensureAlive(): void {
    if (this.#dead !== undefined) throw new SimulatedCrash(this.#dead);
  }
}
