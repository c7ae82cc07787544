import { avroPages } from "./avro-pages.ts";
import { checkpointPages } from "./checkpoint-pages.ts";
import { connectorPages } from "./connector-pages.ts";
import { continuousPages } from "./continuous-pages.ts";
import { habitPages } from "./habit-pages.ts";
import { importPages } from "./import-pages.ts";
import { kafkaPages } from "./kafka-pages.ts";
import { kafkaSinkPages } from "./kafka-sink-pages.ts";
import { kafkaSourcePages } from "./kafka-source-pages.ts";
import { kafkaClientPages } from "./kafka-client-pages.ts";
import { namePages } from "./name-pages.ts";
import type { Page } from "./page.ts";
import { parquetPages } from "./parquet-pages.ts";
import { reshardPages } from "./reshard-pages.ts";
import { rowFunctionPages } from "./row-function-pages.ts";
import { rowPages } from "./row-pages.ts";
import { runPages } from "./run-pages.ts";
import { shardPages } from "./shard-pages.ts";
import { sinkPages } from "./sink-pages.ts";
import { sourcePages } from "./source-pages.ts";
import { sparkStepPages } from "./spark-step-pages.ts";
import { sparkConnectorPages } from "./spark-connector-pages.ts";
import { sparkExpressionPages } from "./spark-expression-pages.ts";
import { sparkFunctionPages } from "./spark-function-pages.ts";
import { sparkLegalityPages } from "./spark-legality-pages.ts";
import { statePages } from "./state-pages.ts";
import { streamingPages } from "./streaming-pages.ts";
import { syntaxPages } from "./syntax-pages.ts";
import { tableFunctionPages } from "./table-function-pages.ts";
import { typePages } from "./type-pages.ts";
import { userConnectorPages } from "./user-connector-pages.ts";
import { userAggregatePages } from "./user-aggregate-pages.ts";
import { userStatePages } from "./user-state-pages.ts";

const all: readonly (readonly Page[])[] = [
  syntaxPages, habitPages, namePages, typePages, tableFunctionPages, importPages, userStatePages, rowFunctionPages, userAggregatePages, streamingPages, continuousPages, statePages, connectorPages, userConnectorPages, kafkaPages, kafkaSourcePages,
  rowPages, sourcePages, parquetPages, avroPages, sinkPages, kafkaClientPages, kafkaSinkPages, checkpointPages, runPages, shardPages, reshardPages, sparkLegalityPages, sparkConnectorPages, sparkExpressionPages, sparkFunctionPages, sparkStepPages,
];

/** The long form of every code of the compiler and of the runtime, by code. */
export const pages: ReadonlyMap<string, Page> = new Map(all.flat().map((page) => [page.code, page]));
