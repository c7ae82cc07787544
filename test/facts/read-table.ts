import { longType } from "../../compiler/ir/types/data-type.ts";
import { mapLeaves } from "./map-expression.ts";
import { parseSqlAt } from "./parse-sql.ts";
import type { SqlExpression } from "./sql-expression.ts";
import { SqlCursor } from "./sql-cursor.ts";
import { sqlTokens } from "./sql-tokens.ts";
import { Untranslatable } from "./untranslatable.ts";

/** A value of a table, and the SQL that it was written as. */
export interface Cell {
  readonly expression: SqlExpression;
  readonly text: string;
}

export interface SqlTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A select's items have names of their own only where they are columns or have an alias. */
interface Relation {
  readonly names: readonly (string | undefined)[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Words that begin a clause, which are no alias. */
const clauses: ReadonlySet<string> = new Set([
  "ANTI", "CLUSTER", "CROSS", "DISTRIBUTE", "EXCEPT", "FETCH", "FROM", "FULL", "GROUP", "HAVING", "INNER", "INTERSECT", "JOIN", "LATERAL", "LEFT", "LIMIT", "MINUS", "NATURAL", "OFFSET",
  "ON", "ORDER", "PIVOT", "QUALIFY", "RIGHT", "SEMI", "SORT", "TABLESAMPLE", "UNION", "UNPIVOT", "USING", "WHERE", "WINDOW",
]);

/** More rows than a scenario would list: `range(1e9)` is a mistake. */
const mostRows = 10_000;

/**
 * The table that a query of constants makes: `values`, `range`, `select` of constants or columns from one of them, `union all`,
 * with aliases and parentheses. Any other query is a `TypeError` that quotes what is not understood: a table with wrong rows would
 * make a scenario agree or differ for nothing.
 */
export function readTable(sql: string): SqlTable {
  try {
    return new TableParser(sql).whole();
  } catch (error) {
    if (error instanceof Untranslatable) throw notUnderstood(sql, sql);
    throw error;
  }
}

export function notUnderstood(text: string, sql: string): TypeError {
  return new TypeError(text === sql ? `the table is not understood: ${sql}` : `the table is not understood at \`${text}\`: ${sql}`);
}

class TableParser {
  readonly #sql: string;
  readonly #cursor: SqlCursor;

  constructor(sql: string) {
    this.#sql = sql;
    this.#cursor = new SqlCursor(sqlTokens(sql));
    const comment = this.#cursor.tokens.find(({ text, kind, end }, at) => kind === "symbol" && this.#cursor.tokens[at + 1]?.start === end && ["--", "/*"].includes(text + (this.#cursor.tokens[at + 1]?.text ?? "")));
    if (comment !== undefined) this.#refuse(comment);
  }

  whole(): SqlTable {
    const { names, rows } = this.#query();
    if (this.#cursor.peek().kind !== "end") this.#refuse();
    const known = names.filter((name) => name !== undefined);
    if (known.length < names.length || !areDistinct(names)) throw new TypeError(`a column of the table has no name of its own: ${this.#sql}`);
    return { names: known, rows };
  }

  #query(): Relation {
    const { names, rows: first } = this.#term();
    const rows = [...first];
    while (this.#cursor.takeWord("UNION")) {
      if (!this.#cursor.takeWord("ALL")) this.#refuse();
      const begin = this.#cursor.peek();
      const other = this.#term();
      if (other.names.length !== names.length) this.#refuse(begin);
      rows.push(...other.rows);
    }
    return { names, rows };
  }

  #term(): Relation {
    if (this.#cursor.takeWord("SELECT")) return this.#select();
    if (this.#cursor.takeWord("VALUES")) return this.#aliased(this.#values());
    this.#symbol("(");
    const inner = this.#query();
    this.#symbol(")");
    return inner;
  }

  #select(): Relation {
    if (this.#cursor.takeSymbol("*")) {
      this.#word("FROM");
      return this.#from();
    }
    if (this.#cursor.isWord("DISTINCT") || this.#cursor.isWord("ALL")) this.#refuse();
    const items: { readonly cell: Cell; readonly name: string | undefined }[] = [];
    do {
      const cell = this.#cell();
      const alias = this.#alias();
      items.push({ cell, name: alias ?? (cell.expression.kind === "column" ? cell.expression.name : undefined) });
    } while (this.#cursor.takeSymbol(","));
    const begin = this.#cursor.peek();
    const from: Relation = this.#cursor.takeWord("FROM") ? this.#from() : { names: [], rows: [[]] };
    if (!areDistinct(from.names)) this.#refuse(begin);
    return {
      names: items.map(({ name }) => name),
      rows: from.rows.map((row) => items.map(({ cell }) => ({ expression: withColumns(cell.expression, from.names, row), text: cell.text }))),
    };
  }

  #from(): Relation {
    if (this.#cursor.takeWord("VALUES")) return this.#aliased(this.#values());
    if (this.#cursor.takeWord("RANGE")) return this.#aliased(this.#range());
    this.#symbol("(");
    const inner = this.#query();
    this.#symbol(")");
    return this.#aliased(inner);
  }

  /** `(1, 'a'), (2, 'b')`, or `1, 2` for one column. */
  #values(): Relation {
    const rows: (readonly Cell[])[] = [];
    do {
      const begin = this.#cursor.peek();
      const row: Cell[] = [];
      if (this.#cursor.takeSymbol("(")) {
        do row.push(this.#cell());
        while (this.#cursor.takeSymbol(","));
        this.#symbol(")");
      } else row.push(this.#cell());
      if (rows[0] !== undefined && rows[0].length !== row.length) this.#refuse(begin);
      rows.push(row);
    } while (this.#cursor.takeSymbol(","));
    return { names: (rows[0] ?? []).map((_cell, at) => `col${at + 1}`), rows };
  }

  /** `range(end)` or `range(start, end)`. */
  #range(): Relation {
    const begin = this.#cursor.peek();
    this.#symbol("(");
    const bounds: number[] = [];
    do {
      const { expression } = this.#cell();
      bounds.push(expression.kind === "literal" && (expression.type.kind === "int" || expression.type.kind === "long") ? Number(expression.value) : this.#refuse(begin));
    } while (this.#cursor.takeSymbol(","));
    this.#symbol(")");
    const [start = 0, end = 0] = bounds.length === 1 ? [0, ...bounds] : bounds;
    if (bounds.length > 2 || end - start > mostRows) this.#refuse(begin);
    const ids = Array.from({ length: Math.max(end - start, 0) }, (_, at) => start + at);
    return { names: ["id"], rows: ids.map((id) => [{ expression: { kind: "literal", type: longType, value: id, text: String(id) }, text: String(id) }]) };
  }

  /** `as x(k, n)`, `x(k, n)`, `as x`, or nothing. */
  #aliased(relation: Relation): Relation {
    if (this.#alias() === undefined || !this.#cursor.takeSymbol("(")) return relation;
    const begin = this.#cursor.peek();
    const names: string[] = [];
    do names.push(this.#name());
    while (this.#cursor.takeSymbol(","));
    this.#symbol(")");
    return names.length === relation.names.length ? { ...relation, names } : this.#refuse(begin);
  }

  #alias(): string | undefined {
    if (this.#cursor.takeWord("AS")) return this.#name();
    const { kind, text } = this.#cursor.peek();
    return kind === "quoted" || (kind === "word" && !clauses.has(text.toUpperCase())) ? this.#name() : undefined;
  }

  #name(): string {
    const token = this.#cursor.peek();
    if (token.kind !== "word" && token.kind !== "quoted") this.#refuse();
    this.#cursor.at++;
    return token.text;
  }

  #cell(): Cell {
    const begin = this.#cursor.peek();
    try {
      const expression = parseSqlAt(this.#cursor);
      return { expression, text: this.#sql.slice(begin.start, this.#cursor.tokens[this.#cursor.at - 1]?.end) };
    } catch (error) {
      if (error instanceof Untranslatable) return this.#refuse(begin);
      throw error;
    }
  }

  #word(word: string): void {
    if (!this.#cursor.takeWord(word)) this.#refuse();
  }

  #symbol(text: string): void {
    if (!this.#cursor.takeSymbol(text)) this.#refuse();
  }

  /** Quotes the SQL from a token on. */
  #refuse(from = this.#cursor.peek()): never {
    throw notUnderstood(this.#sql.slice(from.start), this.#sql);
  }
}

/** Whether no two columns have one name, for Spark in whatever case. */
function areDistinct(names: readonly (string | undefined)[]): boolean {
  const known = names.filter((name) => name !== undefined);
  return new Set(known.map((name) => name.toLowerCase())).size === known.length;
}

/** The expression of a select over a row; columns that the row does not have stay. */
function withColumns(expression: SqlExpression, names: readonly (string | undefined)[], row: readonly Cell[]): SqlExpression {
  return mapLeaves(expression, (leaf) => (leaf.kind === "column" ? (row[names.findIndex((name) => name?.toLowerCase() === leaf.name.toLowerCase())]?.expression ?? leaf) : leaf));
}
