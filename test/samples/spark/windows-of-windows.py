# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job windows-of-windows.sluice
#
# Sink hours [append] into memory
#   Aggregate key=[tumbling(window_end - 1 microsecond, 1h)] most=max(visits)
#     Aggregate key=[page, tumbling(at, 1m)] visits=count()
#       Watermark at − 10m, late drop
#         Source visits: file, json, reads at, page
#
# Sink windows [append] into memory
#   Aggregate key=[window_start, window_end] visits=sum(visits)
#     Aggregate key=[page, tumbling(at, 1m)] visits=count()
#       Watermark at − 10m, late drop
#         Source visits: file, json, reads at, page
#
# Sink ends [append] into memory
#   Aggregate key=[until] visits=sum(visits)
#     Project window_end as until, visits
#       Aggregate key=[page, tumbling(at, 1m)] visits=count()
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at, page
#
# spark-submit windows-of-windows.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="windows-of-windows",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, windows-of-windows.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType([T.StructField("at", T.TimestampType(), False), T.StructField("page", T.StringType(), False)]),
        ["at", "page"],
        options={"maxFilesPerTrigger": 1},
    )


def hours(run: sluice.Run) -> DataFrame:
    # sink hours [append], windows-of-windows.sluice:13
    # stream timed, windows-of-windows.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # stream minutes, windows-of-windows.sluice:12
    rows = rows.groupBy("page", F.window("at", "1 minute").alias("window")).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits", "window"
    )
    # sink hours, windows-of-windows.sluice:13
    rows = rows.groupBy(F.window("window", "1 hour").alias("window")).agg(F.max(F.col("visits")).alias("most"))
    rows = rows.select(F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "most")
    return rows


def windows(run: sluice.Run) -> DataFrame:
    # sink windows [append], windows-of-windows.sluice:14
    # stream timed, windows-of-windows.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # stream minutes, windows-of-windows.sluice:12
    rows = rows.groupBy("page", F.window("at", "1 minute").alias("window")).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits", "window"
    )
    # sink windows, windows-of-windows.sluice:14
    rows = rows.groupBy("window").agg(F.sum(F.col("visits")).alias("visits"))
    rows = rows.select(F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits")
    return rows


def ends(run: sluice.Run) -> DataFrame:
    # sink ends [append], windows-of-windows.sluice:15
    # stream timed, windows-of-windows.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # stream minutes, windows-of-windows.sluice:12
    rows = rows.groupBy("page", F.window("at", "1 minute").alias("window")).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits", "window"
    )
    # sink ends, windows-of-windows.sluice:15
    rows = rows.select(F.col("window_end").alias("until"), "visits", "window")
    rows = rows.groupBy("window").agg(F.sum(F.col("visits")).alias("visits"))
    rows = rows.select(F.col("window.end").alias("until"), "visits")
    return rows


QUERIES = [
    sluice.Query(
        "hours",
        hours,
        mode="append",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp"), ("most", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "windows",
        windows,
        mode="append",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "ends",
        ends,
        mode="append",
        columns=[("until", "timestamp"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
