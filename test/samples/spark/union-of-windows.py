# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job union-of-windows.sluice
#
# Sink together [append] into discard
#   Aggregate key=[window_start, window_end] visits=sum(visits)
#     Union window_start, window_end, visits
#       Aggregate key=[tumbling(at, 10m)] visits=count()
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at
#       Aggregate key=[tumbling(at, 10m)] visits=count()
#         Watermark at − 10m, late drop
#           Filter ms > 1000e0
#             Source visits: file, json, reads at, ms
#
# spark-submit union-of-windows.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="union-of-windows", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, union-of-windows.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType([T.StructField("at", T.TimestampType(), False), T.StructField("ms", T.DoubleType(), False)]),
        ["at", "ms"],
        options={"maxFilesPerTrigger": 1},
    )


def together(run: sluice.Run) -> DataFrame:
    # sink together [append], union-of-windows.sluice:13
    # stream timed, union-of-windows.sluice:10
    visits_read = visits(run)
    rows = visits_read.select("at")
    rows = rows.withWatermark("at", "10 minutes")
    # stream all, union-of-windows.sluice:11
    rows = rows.groupBy(F.window("at", "10 minutes").alias("window")).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(
        F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits", "window"
    )
    # sink together, union-of-windows.sluice:13
    rows = rows.select("window_start", "window_end", "visits", "window")
    # stream timed, union-of-windows.sluice:10
    slow = visits_read
    # stream slow, union-of-windows.sluice:12
    slow = slow.where(F.col("ms") > 1000.0)
    # stream timed, union-of-windows.sluice:10
    slow = slow.withWatermark("at", "10 minutes")
    # stream slow, union-of-windows.sluice:12
    slow = slow.groupBy(F.window("at", "10 minutes").alias("window")).agg(F.count(F.lit(1)).alias("visits"))
    slow = slow.select(
        F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits", "window"
    )
    # sink together, union-of-windows.sluice:13
    slow = slow.select("window_start", "window_end", "visits", "window")
    rows = rows.union(slow)
    rows = rows.groupBy("window").agg(F.sum(F.col("visits")).alias("visits"))
    rows = rows.select(F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits")
    return rows


QUERIES = [
    sluice.Query(
        "together",
        together,
        mode="append",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
