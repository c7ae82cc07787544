# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job sliding-in-complete.sluice
#
# Sink busiest [complete] into console
#   Limit 10
#     Sort visits desc, page
#       Aggregate key=[page, sliding(at, 6h, every 1h30m, offset 15m)] visits=count()
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at, page
#
# spark-submit sliding-in-complete.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="sliding-in-complete",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, sliding-in-complete.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType([T.StructField("at", T.TimestampType(), False), T.StructField("page", T.StringType(), False)]),
        ["at", "page"],
        options={"maxFilesPerTrigger": 1},
    )


def busiest(run: sluice.Run) -> DataFrame:
    # sink busiest [complete], sliding-in-complete.sluice:13
    # stream timed, sliding-in-complete.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # stream ranking, sliding-in-complete.sluice:12
    rows = rows.groupBy(
        "page", F.window("at", "6 hours", "90 minutes", startTime="15 minutes").alias("window")
    ).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits"
    )
    # sink busiest, sliding-in-complete.sluice:13
    rows = rows.orderBy(F.col("visits").desc(), "page", "window_start", "window_end")
    rows = rows.limit(10)
    return rows


QUERIES = [
    sluice.Query(
        "busiest",
        busiest,
        mode="complete",
        columns=[("page", "string"), ("window_start", "timestamp"), ("window_end", "timestamp"), ("visits", "bigint")],
        sink=sluice.console(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
