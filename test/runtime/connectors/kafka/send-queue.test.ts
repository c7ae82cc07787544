import { expect, test } from "vitest";
import type { OutgoingMessage } from "../../../../runtime/connectors/kafka/client/kafka-client.ts";
import { SendQueue } from "../../../../runtime/connectors/kafka/send-queue.ts";

/** A message of about 100 bytes. */
function message(number: number, bytes = 36): OutgoingMessage {
  return { topic: "t", partition: null, key: null, value: new Uint8Array(bytes).fill(number), headers: [] };
}

/** Requests that end when the test says so. */
class Requests {
  readonly sent: number[][] = [];
  readonly #ends: ((failure?: Error) => void)[] = [];

  readonly send = (messages: readonly OutgoingMessage[]): Promise<void> => {
    this.sent.push(messages.map(({ value }) => value?.[0] ?? -1));
    return new Promise((resolve, reject) => this.#ends.push((failure) => (failure === undefined ? resolve() : reject(failure))));
  };

  async end(failure?: Error): Promise<void> {
    this.#ends.shift()?.(failure);
    await settled();
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("messages are sent in their order, one request after the other, when there is enough or somebody waits", async () => {
  const requests = new Requests();
  const queue = new SendQueue(requests.send, 1200);
  queue.push(message(1));
  queue.push(message(2));
  await settled();
  expect(requests.sent).toEqual([]);
  for (const number of [3, 4, 5]) queue.push(message(number));
  await settled();
  expect(requests.sent).toEqual([[1, 2, 3]]);
  const drained = queue.drain();
  await requests.end();
  expect(requests.sent).toEqual([[1, 2, 3], [4, 5]]);
  await requests.end();
  await drained;
});

test("a message that is larger than a request goes alone", async () => {
  const requests = new Requests();
  const queue = new SendQueue(requests.send, 1200);
  queue.push(message(1));
  queue.push(message(2, 5000));
  queue.push(message(3));
  const drained = queue.drain();
  for (let request = 0; request < 3; request++) {
    await settled();
    await requests.end();
  }
  await drained;
  expect(requests.sent).toEqual([[1], [2], [3]]);
});

test("above the bound there is something to wait for, until half of it is sent", async () => {
  const requests = new Requests();
  // Each takes 1000 bytes of a request, and 384 of memory besides.
  const queue = new SendQueue(requests.send, 12 * 1384);
  for (let number = 0; number < 12; number++) queue.push(message(number, 936));
  expect(queue.pressure()).toBeUndefined();
  queue.push(message(12, 936));
  let isRelieved = false;
  const relief = queue.pressure()?.then(() => (isRelieved = true));
  expect(relief).toBeDefined();
  await settled();
  await requests.end();
  expect(isRelieved).toBe(false);
  await requests.end();
  expect(isRelieved).toBe(true);
  expect(queue.pressure()).toBeUndefined();
});

test("what somebody waits for is sent however little it is", async () => {
  const requests = new Requests();
  const queue = new SendQueue(requests.send, 600);
  queue.push(message(1, 0));
  queue.push(message(2, 0));
  const relief = queue.pressure();
  expect(relief).toBeDefined();
  await settled();
  expect(requests.sent).toEqual([[-1, -1]]);
  await requests.end();
  await relief;
});

test("after a failure nothing is sent, and every wait fails with it, until the queue is cleared", async () => {
  const requests = new Requests();
  const queue = new SendQueue(requests.send, 400);
  for (let number = 0; number < 8; number++) queue.push(message(number));
  const pressure = queue.pressure();
  await settled();
  const failure = new Error("away");
  const failed = expect(pressure).rejects.toBe(failure);
  await requests.end(failure);
  await failed;
  queue.push(message(9));
  await expect(queue.pressure()).rejects.toBe(failure);
  await expect(queue.drain()).rejects.toBe(failure);
  expect(requests.sent).toHaveLength(1);
  await queue.clear();
  queue.push(message(10));
  const drained = queue.drain();
  await settled();
  await requests.end();
  await drained;
  expect(requests.sent).toEqual([[0], [10]]);
});

test("clearing drops what waits, and waits for what is on its way", async () => {
  const requests = new Requests();
  const queue = new SendQueue(requests.send, 400);
  for (let number = 0; number < 3; number++) queue.push(message(number));
  await settled();
  let isClear = false;
  const cleared = queue.clear().then(() => (isClear = true));
  await settled();
  expect(isClear).toBe(false);
  await requests.end();
  await cleared;
  await queue.drain();
  expect(requests.sent).toEqual([[0]]);
});

test("what is handed in at any moment around the end of a request is sent", async () => {
  for (let ticks = 0; ticks < 8; ticks++) {
    const requests = new Requests();
    const queue = new SendQueue(requests.send, 1200);
    for (let number = 0; number < 3; number++) queue.push(message(number));
    await settled();
    void requests.end();
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    for (let number = 3; number < 6; number++) queue.push(message(number));
    await settled();
    expect(requests.sent, `after ${ticks} ticks`).toEqual([[0, 1, 2], [3, 4, 5]]);
  }
});
