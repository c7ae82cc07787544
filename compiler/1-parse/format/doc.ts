/**
 * A document that can be laid out in several ways (Wadler, "A prettier printer"): a group stands on one line where it fits,
 * else every line of it breaks.
 */
export type Doc =
  | string
  | { readonly kind: "concat"; readonly parts: readonly Doc[] }
  /** A blank (`soft`: nothing) on one line, else a line end; `hard` always ends the line, `empty` leaves one free as well. */
  | { readonly kind: "line"; readonly soft: boolean; readonly hard: boolean; readonly empty: boolean }
  | { readonly kind: "group"; readonly body: Doc }
  /** Lines within stand this many columns further to the right. */
  | { readonly kind: "nest"; readonly columns: number; readonly body: Doc }
  /** Lines within stand below its first character. */
  | { readonly kind: "align"; readonly body: Doc }
  /** As many items a line as fit; the separator of each stands before it. */
  | { readonly kind: "fill"; readonly items: readonly Doc[] }
  /** A comment for the end of the line, which must end after it. */
  | { readonly kind: "comment"; readonly text: string };

export const line: Doc = { kind: "line", soft: false, hard: false, empty: false };
export const softLine: Doc = { kind: "line", soft: true, hard: false, empty: false };
export const hardLine: Doc = { kind: "line", soft: false, hard: true, empty: false };
/** Ends the line and leaves an empty one. */
export const emptyLine: Doc = { kind: "line", soft: false, hard: true, empty: true };

export function concat(...parts: readonly Doc[]): Doc {
  return { kind: "concat", parts };
}

export function group(body: Doc): Doc {
  return { kind: "group", body };
}

export function nest(columns: number, body: Doc): Doc {
  return { kind: "nest", columns, body };
}

export function align(body: Doc): Doc {
  return { kind: "align", body };
}

export function fill(items: readonly Doc[]): Doc {
  return { kind: "fill", items };
}

export function join(separator: Doc, items: readonly Doc[]): Doc {
  return concat(...items.flatMap((item, at) => (at === 0 ? [item] : [separator, item])));
}

/** Whether a document cannot stand on one line. */
export function mustBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  switch (doc.kind) {
    case "concat":
      return doc.parts.some(mustBreak);
    case "line":
      return doc.hard;
    case "group":
    case "nest":
    case "align":
      return mustBreak(doc.body);
    case "fill":
      return doc.items.some(mustBreak);
    case "comment":
      return true;
  }
}
