# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job dedup-of-windows.sluice
#
# Sink busy [append] into discard
#   Dedup window_start, window_end
#     Project window_start, window_end
#       Aggregate key=[page, tumbling(at, 1h)] visits=count()
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at, page
#
# spark-submit dedup-of-windows.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="dedup-of-windows", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, dedup-of-windows.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType([T.StructField("at", T.TimestampType(), False), T.StructField("page", T.StringType(), False)]),
        ["at", "page"],
        options={"maxFilesPerTrigger": 1},
    )


def busy(run: sluice.Run) -> DataFrame:
    # sink busy [append], dedup-of-windows.sluice:12
    # stream timed, dedup-of-windows.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink busy, dedup-of-windows.sluice:12
    rows = rows.groupBy("page", F.window("at", "1 hour").alias("window")).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits", "window"
    )
    rows = rows.drop("page", "visits")
    rows = rows.dropDuplicates(["window"])
    rows = rows.drop("window")
    return rows


QUERIES = [
    sluice.Query(
        "busy",
        busy,
        mode="append",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
