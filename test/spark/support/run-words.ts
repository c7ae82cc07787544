import type { DifferentialCase } from "./differential-case.ts";

/** When the nth file of a case was written: all sources list their files in this order. */
export function fileTime(at: number): number {
  return Date.UTC(2024, 0, 1) + at * 10_000;
}

/** A case's params as words of the command line. */
export function paramWords({ params }: DifferentialCase, folder: string): readonly string[] {
  return Object.entries(params?.(folder) ?? {}).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
}
