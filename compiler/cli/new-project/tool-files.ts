import { textOf, type ProjectFile } from "./project-file.ts";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const manifest = (name: string, dependency: string): string =>
  json({
    name,
    version: "0.0.0",
    private: true,
    type: "module",
    engines: { node: ">=20.19.0" },
    scripts: {
      check: "sluice check jobs/*.sluice",
      build: "sluice build jobs/*.sluice",
      typecheck: "tsc",
      test: "vitest run",
      start: 'sluice run jobs/visits.sluice --drain --sql "select * from sites order by window_start, site"',
      format: "sluice fmt jobs/*.sluice",
    },
    dependencies: { sluice: dependency },
    devDependencies: { "@types/node": "^20.19.0", typescript: ">=5.9.0 <7", vitest: "^4.1.0" },
  });

const tsconfig = json({
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    moduleResolution: "nodenext",
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    isolatedModules: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["generated", "src", "test"],
});

const workflow = textOf(
  "name: ci",
  "on: [push, pull_request]",
  "jobs:",
  "  ci:",
  "    runs-on: ubuntu-latest",
  "    steps:",
  "      - uses: actions/checkout@v4",
  "      - uses: actions/setup-node@v4",
  "        with:",
  "          node-version: 22",
  "      - run: npm ci",
  "      - run: npm run check",
  "      # The emitted modules are committed; this fails with a diff where one is not what its job gives.",
  "      - run: npm run build -- --check",
  "      - run: npm run typecheck",
  "      - run: npm test",
);

/** What the tools around a job want: npm, git, TypeScript and the service that checks each push. */
export function toolFiles(name: string, dependency: string): readonly ProjectFile[] {
  return [
    { path: "package.json", text: manifest(name, dependency) },
    { path: "tsconfig.json", text: tsconfig },
    { path: ".gitignore", text: textOf("node_modules/", "checkpoints/") },
    { path: ".github/workflows/ci.yml", text: workflow },
  ];
}
