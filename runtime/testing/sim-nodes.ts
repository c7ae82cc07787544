import type { SeededRandom } from "./seeded-random.ts";

export type SimNode = SimFile | SimDirectory;

/** A file: what the page cache holds and what is on the platter. Names are the directories' business. */
export class SimFile {
  readonly kind = "file";
  content: Uint8Array;
  /** Milliseconds since the epoch. */
  modified: number;
  #durable: Uint8Array = new Uint8Array();

  constructor(modified: number, content: Uint8Array = new Uint8Array()) {
    this.modified = modified;
    this.content = content;
  }

  append(bytes: Uint8Array): void {
    const grown = new Uint8Array(this.content.length + bytes.length);
    grown.set(this.content);
    grown.set(bytes, this.content.length);
    this.content = grown;
  }

  sync(): void {
    this.#durable = this.content;
  }

  /** The file after a loss of power: what was not synced is lost, kept, or kept to a random length. */
  afterPowerLoss(random: SeededRandom): SimFile {
    const survivor = new SimFile(this.modified, this.#surviving(random));
    survivor.sync();
    return survivor;
  }

  copy(): SimFile {
    const copy = new SimFile(this.modified, this.content);
    copy.#durable = this.#durable;
    return copy;
  }

  #surviving(random: SeededRandom): Uint8Array {
    if (this.content === this.#durable) return this.content;
    switch (random.below(3)) {
      case 0: return this.#durable;
      case 1: return this.content;
      default: return this.content.slice(0, Math.min(this.#durable.length, this.content.length) + random.below(Math.abs(this.content.length - this.#durable.length) + 1));
    }
  }
}

/** What happened to the names of a directory since it was last synced, in order. */
type NameChange = (names: Map<string, SimNode>) => void;

/** A directory: its names now, and those on the platter with the changes that are not there yet. */
export class SimDirectory {
  readonly kind = "directory";
  modified: number;
  readonly names = new Map<string, SimNode>();
  #durable = new Map<string, SimNode>();
  #pending: NameChange[] = [];

  constructor(modified: number) {
    this.modified = modified;
  }

  /** Applies a change of names (one rename within the directory is one change). */
  change(apply: NameChange): void {
    apply(this.names);
    this.#pending.push(apply);
  }

  sync(): void {
    this.#durable = new Map(this.names);
    this.#pending = [];
  }

  /** The directory after a loss of power: of the changes that were not synced, the first so many survived. */
  afterPowerLoss(random: SeededRandom): SimDirectory {
    const names = new Map(this.#durable);
    for (const apply of this.#pending.slice(0, random.below(this.#pending.length + 1))) apply(names);
    // Two names of one file stay two names of one file.
    const survivors = new Map<SimNode, SimNode>();
    return this.#with(names, (node) => {
      const survivor = survivors.get(node) ?? node.afterPowerLoss(random);
      survivors.set(node, survivor);
      return survivor;
    });
  }

  /** The directory as another process finds it after this one was killed: page cache and all. */
  copy(): SimDirectory {
    const copy = new SimDirectory(this.modified);
    const copies = new Map<SimNode, SimNode>();
    const copyOf = (node: SimNode): SimNode => {
      const known = copies.get(node) ?? node.copy();
      copies.set(node, known);
      return known;
    };
    for (const [name, node] of this.#durable) copy.#durable.set(name, copyOf(node));
    for (const [name, node] of this.names) copy.names.set(name, copyOf(node));
    if (this.#pending.length > 0) copy.#pending = [replaceNames(copy.names)];
    return copy;
  }

  #with(names: Map<string, SimNode>, convert: (node: SimNode) => SimNode): SimDirectory {
    const directory = new SimDirectory(this.modified);
    for (const [name, node] of names) directory.names.set(name, convert(node));
    directory.sync();
    return directory;
  }
}

/** The pending changes of a copied directory, as one: all of them or none survive. */
function replaceNames(now: ReadonlyMap<string, SimNode>): NameChange {
  const frozen = [...now];
  return (names) => {
    names.clear();
    for (const [name, node] of frozen) names.set(name, node);
  };
}
