import { testQuerySamples } from "../support/query-sample-tests.ts";

testQuerySamples(1, 4);
