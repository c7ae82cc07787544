// The kernels of mathematical functions that emitted code calls; one line a file, sorted.
export * from "./arc-tangent.ts";
export * from "./attempt.ts";
export * from "./bits.ts";
export * from "./cube-root.ts";
export * from "./exponentials.ts";
export * from "./factorial.ts";
export * from "./hypotenuse.ts";
export * from "./logarithms.ts";
export * from "./not-a-number.ts";
export * from "./power.ts";
export * from "./remainders.ts";
export * from "./round-half-even.ts";
export * from "./trigonometry.ts";
export * from "./width-bucket.ts";
