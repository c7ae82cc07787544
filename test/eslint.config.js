import tseslint from "typescript-eslint";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export default tseslint.config(
  { ignores: ["**/node_modules/**", "dist/**", "**/*.cjs", "**/*.mjs", "**/*.js", "**/*.d.cts", "test/**/samples/**", "grammar/cst.generated.ts", ".cache/**"] },
  {
    files: ["**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: ["./tsconfig.json", "./generated/tsconfig.json"], tsconfigRootDir: root },
    },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-debugger": "error",
    },
  },
  {
    // The host is the one door to the outside.
    files: ["runtime/**/*.ts"],
    ignores: ["runtime/host/**", "runtime/testing/sim-*.ts"],
    rules: {
      "no-restricted-globals": ["error", ...["setTimeout", "setInterval", "setImmediate", "process", "performance", "fetch"].map((name) => ({ name, message: "reach it through the Host" }))],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "reach it through the Host" },
        { object: "Math", property: "random", message: "reach it through the Host" },
      ],
      "no-restricted-imports": ["error", { patterns: [{ regex: "^(node:)?(fs|net|child_process|os|timers|worker_threads|http|https|crypto)(/.*)?$", message: "reach it through the Host" }, { regex: "(^|/)(compiler|grammar)/", message: "the runtime knows nothing of the compiler" }] }],
    },
  },
);
