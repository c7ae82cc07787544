# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job join-on-windows.sluice
#
# Sink both [append] into discard
#   Project window_end, page, visits, worst
#     Join inner on page = page and window_start = window_start and window_end = window_end
#       Aggregate key=[page, tumbling(at, 10m)] visits=count()
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at, page
#       Aggregate key=[page, tumbling(at, 10m)] worst=max(ms)
#         Watermark at − 10m, late drop
#           Filter ms > 1000e0
#             Source visits: file, json, reads at, page, ms
#
# Sink shares [append] into discard
#   Project window_end, page, visits, worst
#     Join left on page = page and { start: window_start, end: window_end } = { start: window_start, end: window_end }
#       Aggregate key=[page, tumbling(at, 10m)] visits=count()
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at, page
#       Aggregate key=[page, tumbling(at, 10m)] worst=max(ms)
#         Watermark at − 10m, late drop
#           Filter ms > 1000e0
#             Source visits: file, json, reads at, page, ms
#
# spark-submit join-on-windows.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="join-on-windows", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, join-on-windows.sluice:9
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


def both(run: sluice.Run) -> DataFrame:
    # sink both [append], join-on-windows.sluice:14
    # stream timed, join-on-windows.sluice:10
    visits_read = visits(run)
    rows = visits_read.select("at", "page")
    # observed, so that Spark does not filter below the watermark, which is to see all rows
    rows = rows.withWatermark("at", "10 minutes").observe("timed/watermark", F.count(F.lit(1)))
    # stream counts, join-on-windows.sluice:12
    rows = rows.groupBy("page", F.window("at", "10 minutes").alias("window")).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits", "window"
    )
    # stream timed, join-on-windows.sluice:10
    slow = visits_read
    # stream slow, join-on-windows.sluice:13
    slow = slow.where(F.col("ms") > 1000.0)
    # stream timed, join-on-windows.sluice:10
    # observed, so that Spark does not filter below the watermark, which is to see all rows
    slow = slow.withWatermark("at", "10 minutes").observe("timed/watermark_2", F.count(F.lit(1)))
    # stream slow, join-on-windows.sluice:13
    slow = slow.groupBy("page", F.window("at", "10 minutes").alias("window")).agg(F.max(F.col("ms")).alias("worst"))
    slow = slow.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "worst", "window"
    )
    # sink both, join-on-windows.sluice:14
    slow = slow.withColumnsRenamed(
        {"page": "page_2", "window_start": "window_start_2", "window_end": "window_end_2", "window": "window_2"}
    )
    rows = rows.join(slow, (F.col("page") == F.col("page_2")) & (F.col("window") == F.col("window_2")), "inner")
    rows = rows.select("window_end", "page", "visits", "worst")
    return rows


def shares(run: sluice.Run) -> DataFrame:
    # sink shares [append], join-on-windows.sluice:15
    # stream timed, join-on-windows.sluice:10
    visits_read = visits(run)
    rows = visits_read.select("at", "page")
    # observed, so that Spark does not filter below the watermark, which is to see all rows
    rows = rows.withWatermark("at", "10 minutes").observe("timed/watermark", F.count(F.lit(1)))
    # stream counts, join-on-windows.sluice:12
    rows = rows.groupBy("page", F.window("at", "10 minutes").alias("window")).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits", "window"
    )
    # stream timed, join-on-windows.sluice:10
    slow = visits_read
    # stream slow, join-on-windows.sluice:13
    slow = slow.where(F.col("ms") > 1000.0)
    # stream timed, join-on-windows.sluice:10
    # observed, so that Spark does not filter below the watermark, which is to see all rows
    slow = slow.withWatermark("at", "10 minutes").observe("timed/watermark_2", F.count(F.lit(1)))
    # stream slow, join-on-windows.sluice:13
    slow = slow.groupBy("page", F.window("at", "10 minutes").alias("window")).agg(F.max(F.col("ms")).alias("worst"))
    slow = slow.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "worst", "window"
    )
    # sink shares, join-on-windows.sluice:15
    slow = slow.withColumnsRenamed(
        {"page": "page_2", "window_start": "window_start_2", "window_end": "window_end_2", "window": "window_2"}
    )
    rows = rows.join(slow, (F.col("page") == F.col("page_2")) & (F.col("window") == F.col("window_2")), "left")
    rows = rows.select("window_end", "page", "visits", "worst")
    return rows


QUERIES = [
    sluice.Query(
        "both",
        both,
        mode="append",
        columns=[("window_end", "timestamp"), ("page", "string"), ("visits", "bigint"), ("worst", "double")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "shares",
        shares,
        mode="append",
        columns=[("window_end", "timestamp"), ("page", "string"), ("visits", "bigint"), ("worst", "double")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
