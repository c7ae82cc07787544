import { connectorPages } from "./connector-pages.ts";
import { habitPages } from "./habit-pages.ts";
import { importPages } from "./import-pages.ts";
import { namePages } from "./name-pages.ts";
import type { Page } from "./page.ts";
import { streamingPages } from "./streaming-pages.ts";
import { syntaxPages } from "./syntax-pages.ts";
import { tableFunctionPages } from "./table-function-pages.ts";
import { typePages } from "./type-pages.ts";

/** The long form of every code of the compiler and of the runtime, by code. */
export const pages: ReadonlyMap<string, Page> = new Map(
  [...syntaxPages, ...habitPages, ...namePages, ...typePages, ...tableFunctionPages, ...importPages, ...streamingPages, ...connectorPages].map((page) => [page.code, page]),
);
