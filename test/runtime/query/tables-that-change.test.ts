import { expect, test } from "vitest";
import { SimHost, startHarness, type Harness } from "../../../runtime/testing/index.ts";
import { sinkLines } from "../../examples/machine.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

type Job = ReturnType<typeof loadJob>;

/** Counts beside a table, which their join follows. */
const jobOf = (people: string, facts: string = "facts"): Job =>
  loadJob(
    compileText(
      `
        source facts: { k: string } from queue()
        table people: { k: string, name: string } from file("/people/", format: "json"${people})
        table towns: { k: string } from file("/towns/", format: "json")
        stream counts = ${facts} |> aggregate count() as n group by k
        sink out = counts |> join left people on counts.k = people.k |> select counts.k as k, n, name into file("/out", format: "json", changelog: "op") mode update
      `,
      { optimize: true },
    ),
  );
const job = jobOf("");
const jobs = {
  "by itself": jobOf(", reread: false"),
  "beside another that changes": jobOf(", reread: false", "facts |> join semi towns on facts.k = towns.k"),
};

/** Writes the tables' files; the later, the younger. */
function put(host: SimHost, name: "Ann" | "Bea" | "Cay"): void {
  const at = { Ann: 1000, Bea: 2000, Cay: 3000 }[name];
  host.fs.put("/people/1.json", `{"k":"a","name":"${name}"}\n`, at);
  host.fs.put("/towns/1.json", '{"k":"a"}\n{"k":"b"}\n', at);
}

function started(definition: Job): Harness {
  const host = new SimHost();
  put(host, "Ann");
  return startHarness(definition, { host });
}

/** Whether they are updates or a row that goes and one that comes does not matter here. */
const changes = (harness: Harness): readonly string[] => sinkLines(harness.host, "/out").map((line) => line.replaceAll('"', "").slice(4, -1));
const ann = ["+I,k:a,n:1,name:Ann"];
const annAgain = [...ann, "-D,k:a,n:1,name:Ann", "+I,k:a,n:2,name:Ann"];

test("a batch that a sink has and the checkpoint has not is not run again beside another table", async () => {
  const harness = started(job);
  await harness.step({ facts: [{ k: "a" }] });
  harness.crashAt("sinks.committed");
  await harness.step({ facts: [{ k: "a" }] });
  put(harness.host, "Bea");
  // As often as it is tried.
  for (const again of [1, 2]) {
    await harness.restart();
    expect(harness.failure, `start ${again}`).toMatchObject({ code: "R7417", what: "the table `people` has changed since FileSink[/out] was given batch 1, which was cut off then and has to be run again", where: "FileTable[/people/], batch 1" });
    expect(changes(harness)).toEqual(annAgain);
  }
  put(harness.host, "Ann");
  await harness.restart();
  expect(harness.failure).toBeUndefined();
  expect(changes(harness)).toEqual(annAgain);
  put(harness.host, "Bea");
  await harness.step({ facts: [{ k: "b" }] });
  expect(changes(harness).slice(3).sort()).toEqual(["+I,k:a,n:2,name:Bea", "+I,k:b,n:1,name:null", "-D,k:a,n:2,name:Ann"]);
  await harness.stop();
});

test("one that no sink has is run again beside the table as it is then, which is the one that it needs from then on", async () => {
  const harness = started(job);
  harness.crashAt("sinks.prepared");
  await harness.step({ facts: [{ k: "a" }] });
  put(harness.host, "Bea");
  // Cut off a second time, now behind the sink.
  const host = harness.host.afterCrash();
  host.crashAt("sinks.committed");
  const next = startHarness(job, { host, queues: harness.queues });
  await next.settle();
  put(next.host, "Ann");
  await next.restart();
  expect(next.failure).toMatchObject({ code: "R7417" });
  expect(changes(next)).toEqual(["+I,k:a,n:1,name:Bea"]);
  put(next.host, "Bea");
  await next.restart();
  expect(next.failure).toBeUndefined();
  put(next.host, "Cay");
  await next.step({ facts: [{ k: "a" }] });
  expect(changes(next).slice(1)).toEqual(["-D,k:a,n:1,name:Bea", "+I,k:a,n:2,name:Cay"]);
  await next.stop();
});

test("one that no sink ever got is run again beside whatever table there is", async () => {
  let harness = started(job);
  await harness.step({ facts: [{ k: "a" }] });
  harness.add("facts", [{ k: "a" }]);
  for (const name of ["Bea", "Cay", "Ann"] as const) {
    harness.crashAt("sinks.prepared");
    await harness.settle();
    put(harness.host, name);
    const { queues } = harness;
    harness = startHarness(job, { host: harness.host.afterCrash(), queues });
  }
  await harness.settle();
  expect(changes(harness)).toEqual(annAgain);
  await harness.stop();
});

test.each(["by itself", "beside another that changes"] as const)("a table with `reread: false` stays as it was when it was first read, until the next start: %s", async (how) => {
  const harness = started(jobs[how]);
  await harness.step({ facts: [{ k: "a" }] });
  put(harness.host, "Bea");
  await harness.step({ facts: [{ k: "a" }] });
  expect(changes(harness)).toEqual(annAgain);
  await harness.restart();
  await harness.step({ facts: [{ k: "b" }] });
  expect(changes(harness).slice(3).sort()).toEqual(["+I,k:a,n:2,name:Bea", "+I,k:b,n:1,name:null", "-D,k:a,n:2,name:Ann"]);
  await harness.stop();
});
