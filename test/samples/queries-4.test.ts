import { testQuerySamples } from "../support/query-sample-tests.ts";

testQuerySamples(3, 4);
