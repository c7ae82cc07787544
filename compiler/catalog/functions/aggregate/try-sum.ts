import { tryAggregate } from "../try-aggregate.ts";
import { sum } from "./sum.ts";

export const trySum = tryAggregate(sum, "`sum`, but null where it would overflow.");
