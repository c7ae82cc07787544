# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job tumbling-in-append.sluice
#
# Sink counts [append] into memory
#   Aggregate key=[tumbling(at, 1h), page] visits=count() slowest=max(ms)
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at, page, ms
#
# spark-submit tumbling-in-append.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="tumbling-in-append",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, tumbling-in-append.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("at", T.TimestampType(), False),
                T.StructField("page", T.StringType(), False),
                T.StructField("ms", T.DoubleType(), False),
            ]
        ),
        ["at", "page", "ms"],
        options={"maxFilesPerTrigger": 1},
    )


def counts(run: sluice.Run) -> DataFrame:
    # sink counts [append], tumbling-in-append.sluice:12
    # stream timed, tumbling-in-append.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink counts, tumbling-in-append.sluice:12
    rows = rows.groupBy(F.window("at", "1 hour").alias("window"), "page").agg(
        F.count(F.lit(1)).alias("visits"), F.max(F.col("ms")).alias("slowest")
    )
    rows = rows.select(
        F.col("window.start").alias("window_start"),
        F.col("window.end").alias("window_end"),
        "page",
        "visits",
        "slowest",
    )
    return rows


QUERIES = [
    sluice.Query(
        "counts",
        counts,
        mode="append",
        columns=[
            ("window_start", "timestamp"),
            ("window_end", "timestamp"),
            ("page", "string"),
            ("visits", "bigint"),
            ("slowest", "double"),
        ],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
