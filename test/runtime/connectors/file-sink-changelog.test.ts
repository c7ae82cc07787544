import { expect, test } from "vitest";
import { fileSink, type FileSinkOptions } from "../../../runtime/connectors/file.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { batchOf, runBatch, sinkContext } from "./sink-support.ts";
import { codeOf } from "./support.ts";

async function written(options: Omit<FileSinkOptions, "path">): Promise<Readonly<Record<string, string | undefined>>> {
  const host = new SimHost();
  const sink = await fileSink({ path: "out", ...options }).open(sinkContext(host, { mode: "update" }));
  await runBatch(sink, batchOf(0), [["+I", 1, 'a"\n'], ["+I", 2, null]]);
  await runBatch(sink, batchOf(1), [["+U", 1, "z"], ["-D", 2, null]]);
  const names = host.fs.files("/home/out").filter((name) => name.includes("part-"));
  return Object.fromEntries(names.map((name) => [name.slice("/home/out/".length), host.fs.text(name)]));
}

test("each row has its kind in a first column", async () => {
  expect(await written({ changelog: "op" })).toEqual({
    "part-0-0-1.json": '{"op":"+I","id":1,"name":"a\\"\\n"}\n{"op":"+I","id":2,"name":null}\n',
    "part-1-0-1.json": '{"op":"+U","id":1,"name":"z"}\n{"op":"-D","id":2,"name":null}\n',
  });
});

test("the column has any name, in CSV too, with its header", async () => {
  expect(await written({ changelog: 'tür "1"', format: "csv", header: true })).toEqual({
    "part-0-0-1.csv": '"tür ""1""",id,name\n+I,1,"a""\n"\n+I,2,\n',
    "part-1-0-1.csv": '"tür ""1""",id,name\n+U,1,z\n-D,2,\n',
  });
});

test("columns that name folders leave the row, its kind stays", async () => {
  expect(await written({ changelog: "op", partitionBy: ["id"] })).toEqual({
    "id=1/part-0-0-1.json": '{"op":"+I","name":"a\\"\\n"}\n',
    "id=2/part-0-1-1.json": '{"op":"+I","name":null}\n',
    "id=1/part-1-0-1.json": '{"op":"+U","name":"z"}\n',
    "id=2/part-1-1-1.json": '{"op":"-D","name":null}\n',
  });
});

test("without the column only rows that stay are taken", async () => {
  expect(await codeOf(() => written({}))).toBe("R7308");
});
