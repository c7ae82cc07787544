import { Buffer } from "node:buffer";
import { readSync, writeSync } from "node:fs";
import { systemErrorCode } from "../errors/system-error.ts";

/** Two pipes as a channel of requests and answers, one after the other: reading waits. */
export interface PipeChannel {
  /** A line without its end; undefined at the end of the input. */
  readLine(): string | undefined;
  /** At least one byte and no more than `most`; none at the end of the input. */
  read(most: number): Uint8Array;
  write(bytes: Uint8Array): void;
}

/** The channel of the two file descriptors that this process was started with, which its command line names: that of requests, that of answers. */
export function givenChannel(): PipeChannel {
  const [input, output] = process.argv.slice(2).map(Number);
  if (input === undefined || output === undefined) throw new TypeError("the command line names no pipes for requests and answers: the program starts this (sluice_spark.py)");
  const buffer = Buffer.alloc(1 << 16);
  let [from, to] = [0, 0];
  const fill = (): boolean => {
    from = 0;
    to = readWaiting(input, buffer);
    return to > 0;
  };
  const read = (most: number): Uint8Array => {
    if (from === to && !fill()) return new Uint8Array(0);
    const part = Buffer.from(buffer.subarray(from, Math.min(to, from + most)));
    from += part.length;
    return part;
  };
  return {
    read,
    readLine() {
      const bytes: number[] = [];
      for (;;) {
        const [byte] = read(1);
        if (byte === undefined) return undefined;
        if (byte === 10) return Buffer.from(bytes).toString("utf8");
        bytes.push(byte);
      }
    },
    write(bytes) {
      for (let at = 0; at < bytes.length; ) at += waiting(() => writeSync(output, bytes, at));
    },
  };
}

/** Just so many bytes; an error where the input ends before. */
export function readExactly(channel: PipeChannel, count: number): Uint8Array {
  const whole = new Uint8Array(count);
  for (let at = 0; at < count; ) {
    const part = channel.read(count - at);
    if (part.length === 0) throw new Error("the input ended within a request");
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function readWaiting(input: number, buffer: Buffer): number {
  try {
    return waiting(() => readSync(input, buffer, 0, buffer.length, null));
  } catch (error) {
    if (systemErrorCode(error) === "EOF") return 0;
    throw error;
  }
}

/** Pipes of Node's own do not wait: nothing is there yet, or the other side has to read first. */
function waiting(step: () => number): number {
  for (;;) {
    try {
      return step();
    } catch (error) {
      if (systemErrorCode(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
