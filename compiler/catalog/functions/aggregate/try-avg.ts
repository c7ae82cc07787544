import { tryAggregate } from "../try-aggregate.ts";
import { avg } from "./avg.ts";

export const tryAvg = tryAggregate(avg, "`avg`, but null where it would overflow.");
