import type { Chunk } from "../../formats/column-batch.ts";
import { entryOffset } from "../log-offset.ts";
import type { RecordedBatches } from "../recorded-batches.ts";
import type { Offset } from "../source.ts";

/** Bytes of lines that may wait for the end of an epoch. */
const highWater = 16 * 1024 * 1024;

/** Handed on: lines as they came, or the end of an entry that was found in the log. */
type Handed = { readonly place: number } & ({ readonly lines: Uint8Array } | { readonly entry: number });

/**
 * The lines that a followed socket has handed on since the last epoch ended. Their positions are numbers of this run (`{"followed":7}`), which
 * become an entry of the source's log when the epoch is sealed.
 */
export class FollowedLines {
  readonly #recorded: RecordedBatches;
  readonly #note: string;
  #handed: Handed[] = [];
  #bytes = 0;
  #place = 0;
  #kept: Offset | undefined;
  #isWhole = false;

  /** `from`: the offset that the checkpoint holds. */
  constructor(recorded: RecordedBatches, note: string, from: Offset | undefined) {
    this.#recorded = recorded;
    this.#note = note;
    this.#kept = from;
  }

  /** The position behind all that was handed on. */
  get position(): Offset {
    return positionAt(this.#place);
  }

  /** Whether a reader that has come to `from` has everything: that is the last position, or all before it is recorded. */
  hasHandedOn(from: Offset | undefined): boolean {
    return this.#isWhole && (this.#handed.length === 0 || from === this.position);
  }

  /** Whether the epoch is to end, so that the lines need not be kept any longer. */
  get isFull(): boolean {
    return this.#bytes >= highWater;
  }

  /** What the log held is handed on: from here on lines come. */
  begin(): void {
    this.#isWhole = true;
  }

  /** Lines that came: they are kept until the epoch ends. */
  add({ bytes, start, end }: Chunk): Offset {
    this.#place++;
    this.#handed.push({ place: this.#place, lines: bytes.subarray(start, end) });
    this.#bytes += end - start;
    return this.position;
  }

  /** An entry of the log was handed on to its end. */
  addEntry(entry: number): Offset {
    this.#place++;
    this.#handed.push({ place: this.#place, entry });
    return this.position;
  }

  /** Records the lines up to a position under the epoch's batch; the offset of what is recorded, undefined where that is nothing yet. */
  seal(to: Offset, batch: number): Offset | undefined {
    const after = this.#handed.findIndex(({ place }) => positionAt(place) === to) + 1;
    const taken = this.#handed.slice(0, after);
    this.#handed = this.#handed.slice(after);
    const lines = taken.flatMap((each) => ("lines" in each ? [each.lines] : []));
    const entry = taken.findLast((each) => "entry" in each);
    if (lines.length > 0) {
      const records = Buffer.concat(lines);
      this.#bytes -= records.length;
      this.#kept = entryOffset(this.#recorded.record(batch, this.#note, records));
    } else if (entry !== undefined && "entry" in entry) {
      this.#kept = entryOffset(entry.entry);
    }
    return this.#kept;
  }
}

function positionAt(place: number): Offset {
  return `{"followed":${place}}`;
}
