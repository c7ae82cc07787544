import { delimiter, join } from "node:path";
import { sparkVenv } from "./spark-venv.ts";

/** How `spark-submit` of the PySpark that tests have is called: on this machine alone, without its chatter. */
export interface SparkSubmit {
  readonly command: string;
  /** Go before the program. */
  readonly words: readonly string[];
  /** What the words set. */
  readonly settings: Readonly<Record<string, string>>;
  /** Beside the variables of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/** What Spark keeps on disk goes into `folder`. */
export function sparkSubmit(folder: string): SparkSubmit {
  const bin = join(sparkVenv(), "bin");
  const settings = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.local.dir": folder,
    // Small data, and lives of seconds.
    "spark.sql.shuffle.partitions": "1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
  };
  return {
    command: join(bin, "spark-submit"),
    words: Object.entries(settings).flatMap(([name, value]) => ["--conf", `${name}=${value}`]),
    settings,
    env: { PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`, PYSPARK_PYTHON: join(bin, "python"), PYTHONDONTWRITEBYTECODE: "1", SPARK_LOCAL_IP: "127.0.0.1" },
  };
}
