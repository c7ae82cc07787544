# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job windows-as-values.sluice
#
# Sink hours [append] into discard
#   Project hour.end as until, page, visits
#     Aggregate key=[hour, page] visits=count()
#       Project tumbling(at, 1 hour) as hour, page
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at, page
#
# Sink kept [append] into discard
#   Aggregate key=[tumbling(ten.end - 1 microsecond, 1h)] visits=sum(visits)
#     Project { start: window_start, end: window_end } as ten, visits
#       Aggregate key=[tumbling(at, 10m)] visits=count()
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at
#
# spark-submit windows-as-values.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="windows-as-values",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, windows-as-values.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType([T.StructField("at", T.TimestampType(), False), T.StructField("page", T.StringType(), False)]),
        ["at", "page"],
        options={"maxFilesPerTrigger": 1},
    )


def hours(run: sluice.Run) -> DataFrame:
    # sink hours [append], windows-as-values.sluice:11
    # stream timed, windows-as-values.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink hours, windows-as-values.sluice:11
    # with metadata, by which Spark knows event time, and which a computed column has not of itself
    rows = rows.select(
        F.window(F.col("at"), "1 hour").alias(
            "hour", metadata={"spark.watermarkDelayMs": 600000, "spark.timeWindow": True}
        ),
        "page",
    )
    rows = rows.groupBy("hour", "page").agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(F.col("hour").getField("end").alias("until"), "page", "visits")
    return rows


def kept(run: sluice.Run) -> DataFrame:
    # sink kept [append], windows-as-values.sluice:12
    # stream timed, windows-as-values.sluice:10
    rows = visits(run).select("at")
    rows = rows.withWatermark("at", "10 minutes")
    # sink kept, windows-as-values.sluice:12
    rows = rows.groupBy(F.window("at", "10 minutes").alias("window")).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(
        F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits", "window"
    )
    rows = rows.select(F.col("window").alias("ten"), "visits")
    rows = rows.groupBy(F.window("ten", "1 hour").alias("window")).agg(F.sum(F.col("visits")).alias("visits"))
    rows = rows.select(F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits")
    return rows


QUERIES = [
    sluice.Query(
        "hours",
        hours,
        mode="append",
        columns=[("until", "timestamp"), ("page", "string"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "kept",
        kept,
        mode="append",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
