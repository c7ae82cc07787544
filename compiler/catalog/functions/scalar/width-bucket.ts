import { callCode, runtime } from "../../../code/index.ts";
import { longType } from "../../../ir/types/data-type.ts";
import { never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The bucket of a value, where a range is cut into so many equal ones. */
export const widthBucket: ScalarFunction = {
  name: "width_bucket",
  summary: "`width_bucket(value, from, to, n)`: the bucket, from 1, of a value where a range is cut into n equal ones; 0 and n + 1 outside it (Spark's WidthBucket).",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["double", "double", "double", "long"] }, longType);
    return resolution.ok ? { ...resolution, nullable: true } : resolution;
  },
  canFail: never,
  emit: (args) => callCode(runtime("bucketOf"), ...args.map((arg) => arg.code)),
};
