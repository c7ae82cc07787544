import { expect, test } from "vitest";
import { sinkForms, sourceForms, type ConnectorForm } from "../../../../compiler/5-spark/connectors/connector-forms.ts";
import { readingForms, writingForms } from "../../../../compiler/5-spark/connectors/format-forms.ts";
import { findSink, findSource, sinkNames, sourceNames } from "../../../../compiler/catalog/connectors/registry.ts";
import { findFormat } from "../../../../compiler/catalog/formats/registry.ts";

const formats = ["avro", "csv", "json", "parquet", "text"];

function optionsOf(form: ConnectorForm | undefined): readonly string[] | undefined {
  return form?.kind === "options" ? Object.keys(form.options).toSorted() : undefined;
}

test("every source of the catalogue stands in the table, and no other", () => {
  expect(Object.keys(sourceForms).toSorted()).toEqual([...sourceNames()].toSorted());
});

test("every sink of the catalogue stands in the table, and no other", () => {
  expect(Object.keys(sinkForms).toSorted()).toEqual([...sinkNames()].toSorted());
});

test.each(sourceNames())("every option of the source %s is carried over or refused, and no other", (name) => {
  const source = findSource(name);
  const form = sourceForms[name];
  if (form?.kind === "refused") return;
  expect(optionsOf(form)).toEqual(source === undefined || source === "later" ? [] : source.options.map((option) => option.name).toSorted());
});

test.each(sinkNames())("every option of the sink %s is carried over or refused, and no other", (name) => {
  const sink = findSink(name);
  const form = sinkForms[name];
  if (form?.kind === "refused") return;
  expect(optionsOf(form)).toEqual(sink === undefined || sink === "later" ? [] : sink.options.map((option) => option.name).toSorted());
});

test.each(formats)("every option of the format %s is carried over or refused, and no other", (name) => {
  const format = findFormat(name);
  expect(Object.keys(readingForms[name] ?? {}).toSorted()).toEqual(format?.reading.map((option) => option.name).toSorted());
  expect(Object.keys(writingForms[name] ?? {}).toSorted()).toEqual(format?.writing.map((option) => option.name).toSorted());
});

test("what is refused says why, and what runs instead", () => {
  const forms = [...Object.values(sourceForms), ...Object.values(sinkForms)];
  const options = [...forms.flatMap((form) => (form.kind === "options" ? Object.values(form.options) : [])), ...[...Object.values(readingForms), ...Object.values(writingForms)].flatMap((table) => Object.values(table))];
  for (const form of [...forms, ...options]) if (form.kind === "refused") expect([form.reason, form.nearest].every((text) => text.length > 10)).toBe(true);
});
