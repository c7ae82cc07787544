import type { Plugin } from "esbuild";

/**
 * For a bundle that has no packages beside it: SQLite comes in its form without a file of its own, or not at all where there is
 * nothing for SQL to read.
 */
export function selfContainedPlugin(withSql: boolean): Plugin {
  return {
    name: "self-contained",
    setup(build) {
      build.onResolve({ filter: /^sql\.js$/ }, ({ kind, importer, resolveDir }) =>
        withSql ? build.resolve("sql.js/dist/sql-wasm-inline.js", { kind, importer, resolveDir }) : { path: "sql.js", namespace: "left-out" },
      );
      // `querySql` ends before it loads the package where there is no table.
      build.onLoad({ filter: /./, namespace: "left-out" }, () => ({ contents: "export default undefined;" }));
    },
  };
}
