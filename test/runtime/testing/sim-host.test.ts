import { expect, it } from "vitest";
import { SimulatedCrash } from "../../../runtime/errors/simulated-crash.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function write(host: SimHost, path: string, text: string, sync: boolean): void {
  const file = host.fs.open(path, "create exclusively");
  file.write(bytes(text));
  if (sync) file.sync();
  file.close();
}

/** What may be found after a loss of power, over many seeds. */
function outcomes(act: (host: SimHost) => void, find: (host: SimHost) => string): ReadonlySet<string> {
  return new Set(Array.from({ length: 200 }, (_, seed) => {
    const host = new SimHost({ seed });
    act(host);
    return find(host.afterCrash());
  }));
}

it("a name is durable once its directory is synced, a content once the file is", () => {
  const found = (host: SimHost): string => host.fs.text("/home/a") ?? "missing";
  expect(outcomes((host) => write(host, "/home/a", "0123", true), found)).toEqual(new Set(["missing", "0123"]));
  expect(outcomes((host) => {
    write(host, "/home/a", "0123", false);
    host.fs.syncDirectory("/home");
  }, found)).toEqual(new Set(["", "0", "01", "012", "0123"]));
  expect(outcomes((host) => {
    write(host, "/home/a", "0123", true);
    host.fs.syncDirectory("/home");
  }, found)).toEqual(new Set(["0123"]));
});

it("a rename within a directory survives whole or not at all", () => {
  const act = (host: SimHost): void => {
    write(host, "/home/a", "x", true);
    host.fs.syncDirectory("/home");
    host.fs.rename("/home/a", "/home/b");
  };
  expect(outcomes(act, (host) => host.fs.files("/home").join())).toEqual(new Set(["/home/a", "/home/b"]));
});

it("a rename without replacing is two changes: a loss of power between them leaves both names of one file", () => {
  const act = (host: SimHost): void => {
    write(host, "/home/a", "x", true);
    host.fs.syncDirectory("/home");
    host.crashAt("file.linked");
    expect(() => host.fs.renameWithoutReplace("/home/a", "/home/b")).toThrow(SimulatedCrash);
  };
  expect(outcomes(act, (host) => host.fs.files("/home").join())).toEqual(new Set(["/home/a", "/home/a,/home/b"]));
  const torn = (host: SimHost): void => {
    write(host, "/home/a", "0123", false);
    host.crashAt("file.linked");
    expect(() => host.fs.renameWithoutReplace("/home/a", "/home/b")).toThrow(SimulatedCrash);
  };
  const texts = outcomes(torn, (host) => host.fs.files("/home").map((path) => host.fs.text(path)).join());
  expect(texts).toContain("01,01");
  expect([...texts].filter((pair) => pair.includes(",") && new Set(pair.split(",")).size > 1)).toEqual([]);
});

it("a killed process leaves all that it wrote, and what was not synced can still be lost", () => {
  const host = new SimHost();
  write(host, "/home/a", "x", false);
  const next = host.afterCrash("kill");
  expect(next.fs.text("/home/a")).toBe("x");
  const lost = outcomes((each) => write(each, "/home/a", "x", false), (each) => each.fs.text("/home/a") ?? "missing");
  expect(lost).toContain("missing");
});

it("a crashed host is dead to everyone, and the next has another process id", () => {
  const host = new SimHost();
  host.crashAt("offsets.synced", 2);
  host.fault("offsets.synced");
  expect(() => host.fault("offsets.synced")).toThrow(SimulatedCrash);
  expect(() => host.fs.list("/home")).toThrow(SimulatedCrash);
  const next = host.afterCrash();
  expect(next.process.identify(host.process.pid)).toBeUndefined();
  expect(next.process.identify(next.process.pid)).toBeDefined();
});

it("planned errors come at the call that was planned, and a full disk takes half of a write", () => {
  const host = new SimHost();
  host.fs.failAt("write", 2, "ENOSPC", "/home/a");
  const file = host.fs.open("/home/a", "append");
  file.write(bytes("ab"));
  expect(() => file.write(bytes("cdef"))).toThrow(expect.objectContaining({ code: "ENOSPC" }));
  expect(host.fs.text("/home/a")).toBe("abcd");
});

it("time passes only when told, and sleepers wake in order", async () => {
  const host = new SimHost({ start: 1000 });
  const woken: string[] = [];
  const sleep = async (name: string, milliseconds: number): Promise<void> => {
    await host.timers.sleep(milliseconds);
    woken.push(`${name}@${host.clock.now()}`);
    if (name === "a") void sleep("again", 50);
  };
  void sleep("b", 200);
  void sleep("a", 100);
  await host.clock.advance(99);
  expect(woken).toEqual([]);
  await host.clock.advance(200);
  expect(woken).toEqual(["a@1100", "again@1150", "b@1200"]);
  expect(host.clock.now()).toBe(1299);
});

it("with autoAdvance time jumps when nothing else is to be done, and a signal ends a sleep at once", async () => {
  const host = new SimHost({ start: 0, autoAdvance: true });
  await Promise.all([host.timers.sleep(3_600_000), host.timers.sleep(10)]);
  expect(host.clock.now()).toBe(3_600_000);
  const stop = new AbortController();
  const sleeping = new SimHost().timers.sleep(1000, stop.signal);
  stop.abort();
  await sleeping;
});

it("a scripted server sends to its connection, ends and breaks it", async () => {
  const host = new SimHost();
  await expect(host.net.connect("h", 9)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  const server = host.net.listen("h", 9);
  server.send("early ");
  const connection = await host.net.connect("h", 9);
  server.send("late");
  server.end();
  const text = new TextDecoder();
  expect([text.decode(await connection.receive()), text.decode(await connection.receive()), await connection.receive()]).toEqual(["early ", "late", undefined]);
  const other = host.net.listen("h", 10);
  const second = await host.net.connect("h", 10);
  const broken = second.receive();
  other.break();
  await expect(broken).rejects.toMatchObject({ code: "ECONNRESET" });
});

it("listings are shuffled, and times of files can be set", () => {
  const host = new SimHost();
  for (const name of ["a", "b", "c", "d", "e"]) host.fs.put(`/home/${name}`, "", 5);
  const listings = new Set(Array.from({ length: 10 }, () => host.fs.list("/home")?.join("")));
  expect(listings.size).toBeGreaterThan(3);
  host.fs.touch("/home/a", 77);
  expect([host.fs.stat("/home/a")?.modified, host.fs.stat("/home/b")?.modified]).toEqual([77, 5]);
});
