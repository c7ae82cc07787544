import { testQuerySamples } from "../support/query-sample-tests.ts";

testQuerySamples(0, 4);
