# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job sessions.sluice
#
# Sink stays [append] into discard
#   Aggregate key=[user, session(at, gap 30m)] visits=count()
#     Watermark at − 10m, late drop
#       Filter user is not null
#         Source visits: file, json, reads at, user
#
# spark-submit sessions.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="sessions", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, sessions.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType([T.StructField("at", T.TimestampType(), False), T.StructField("user", T.LongType())]),
        ["at", "user"],
        options={"maxFilesPerTrigger": 1},
    )


def stays(run: sluice.Run) -> DataFrame:
    # sink stays [append], sessions.sluice:12
    # stream timed, sessions.sluice:10
    rows = visits(run)
    # sink stays, sessions.sluice:12
    rows = rows.where(F.col("user").isNotNull())
    # stream timed, sessions.sluice:10
    rows = rows.withWatermark("at", "10 minutes")
    # sink stays, sessions.sluice:12
    rows = rows.groupBy(
        "user", F.session_window("at", "30 minutes").alias("window")
    ).agg(F.count(F.lit(1)).alias("visits"))
    # observed, so that Spark merges sessions whatever reads them
    rows = rows.observe("sessions", F.count(F.lit(1)).alias("rows"))
    rows = rows.select(
        "user", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits"
    )
    return rows


QUERIES = [
    sluice.Query(
        "stays",
        stays,
        mode="append",
        columns=[("user", "bigint"), ("window_start", "timestamp"), ("window_end", "timestamp"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
