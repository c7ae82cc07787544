import type { Checked } from "./compile.ts";
import { emitModule, type ReaderNames } from "./5-emit/emit-module.ts";
import { emitReaders } from "./5-emit/emit-readers.ts";
import type { Specifiers } from "./5-emit/imports.ts";
import { emitSerializer } from "./5-emit/serializer/emit-serializer.ts";
import { writtenColumns } from "./5-emit/written-columns.ts";
import { internalError } from "./diagnostics/internal-error.ts";

/** A file of an emitted job, by its name within the folder that it is written to. */
export interface EmittedFile {
  readonly name: string;
  readonly text: string;
}

/** How the module names the runtime and the user's modules, seen from the folder that it is written to. */
export type EmitSettings = Required<Pick<Specifiers, "runtimeSpecifier" | "userSpecifier">>;

/** The files of a checked job: `NAME.ts`, `NAME.reader.ts`, and `NAME.serializer.cjs` with its types where a query has nested columns. */
export function emitJob(checked: Checked, settings: EmitSettings): readonly EmittedFile[] {
  const { job, source } = checked;
  if (job === undefined) return internalError("E9008", "a job with errors reached emission");
  const queries = checked.queries.map((query) => query.physical);
  const run = checked.together === undefined ? queries : [checked.together];
  const readers = emitReaders(job, run, settings.runtimeSpecifier);
  const late = job.sideOutputs.map(({ name, late: columns = [] }) => ({ name, columns: columns.map((field, at) => ({ ...field, id: at })) }));
  const serializer = emitSerializer(job.name, [...queries.map((query) => ({ name: query.name, columns: writtenColumns(query) })), ...late]);
  const text = emitModule(job, run, source, {
    ...settings,
    readerSpecifier: `./${inUrl(job.name)}.reader.ts`,
    serializerSpecifier: `./${inUrl(job.name)}.serializer.cjs`,
    readerOf: (query, read): ReaderNames => readers.names.get(`${query} ${read}`) ?? internalError("E9008", `the read ${read} of ${query} has no reader`),
    serializer,
  });
  return [
    { name: `${job.name}.ts`, text },
    { name: `${job.name}.reader.ts`, text: readers.text },
    ...(serializer === undefined
      ? []
      : [
          { name: `${job.name}.serializer.cjs`, text: serializer.cjs },
          { name: `${job.name}.serializer.d.cts`, text: serializer.dcts },
        ]),
  ];
}

/** A specifier is read as a URL: these characters of a file's name would end its path, or be taken for an escape. */
function inUrl(name: string): string {
  return name.replace(/[%?#]/g, encodeURIComponent);
}
