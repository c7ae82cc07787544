import { testQuerySamples } from "../support/query-sample-tests.ts";

testQuerySamples(2, 4);
