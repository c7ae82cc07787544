# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job windows-with-offsets.sluice
#
# Sink days [append] into discard
#   Aggregate key=[tumbling(at, 1d, offset -8h)] visits=count()
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at
#
# Sink slid [update] into discard
#   Aggregate key=[sliding(at, 1d, every 6h, offset -2h30m)] visits=count()
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at
#
# Sink starts [append] into discard
#   Project tumbling(at, 1 day, -(8 hours)).start as start
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at
#
# spark-submit windows-with-offsets.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="windows-with-offsets",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, windows-with-offsets.sluice:5
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType([T.StructField("at", T.TimestampType(), False)]),
        ["at"],
        options={"maxFilesPerTrigger": 1},
    )


def days(run: sluice.Run) -> DataFrame:
    # sink days [append], windows-with-offsets.sluice:8
    # stream timed, windows-with-offsets.sluice:6
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink days, windows-with-offsets.sluice:8
    rows = rows.groupBy(
        F.window("at", "1 day", startTime="-8 hours").alias("window")
    ).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits")
    return rows


def slid(run: sluice.Run) -> DataFrame:
    # sink slid [update], windows-with-offsets.sluice:9
    # stream timed, windows-with-offsets.sluice:6
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink slid, windows-with-offsets.sluice:9
    rows = rows.groupBy(
        F.window("at", "1 day", "6 hours", startTime="-150 minutes").alias("window")
    ).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits")
    return rows


def starts(run: sluice.Run) -> DataFrame:
    # sink starts [append], windows-with-offsets.sluice:10
    # stream timed, windows-with-offsets.sluice:6
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink starts, windows-with-offsets.sluice:10
    rows = rows.select(F.window(F.col("at"), "1 day", None, "16 hours").getField("start").alias("start"))
    return rows


QUERIES = [
    sluice.Query(
        "days",
        days,
        mode="append",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "slid",
        slid,
        mode="update",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "starts", starts, mode="append", columns=[("start", "timestamp")], sink=sluice.discard(), trigger=sluice.asap()
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
