import type { Field } from "../../ir/types/data-type.ts";

/** What a sample says of its columns; `at`: the place of what is wrong, in UTF-16 units. */
export type Inferred = { readonly ok: true; readonly fields: readonly Field[] } | { readonly ok: false; readonly at: number; readonly reason: string };
