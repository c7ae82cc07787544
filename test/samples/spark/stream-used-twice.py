# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job stream-used-twice.sluice
#
# Sink pairs [append] into discard
#   Project page as from_page, page as to_page, user
#     Join inner on user = user and at >= at and at <= at + 5 minutes
#       Watermark at − 10m, late drop
#         Filter user is not null
#           Source visits: file, json, reads at, page, user
#       Watermark at − 10m, late drop
#         Filter user is not null
#           Source visits: file, json, reads at, page, user
#
# spark-submit stream-used-twice.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="stream-used-twice",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, stream-used-twice.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("at", T.TimestampType(), False),
                T.StructField("page", T.StringType(), False),
                T.StructField("user", T.LongType()),
            ]
        ),
        ["at", "page", "user"],
        options={"maxFilesPerTrigger": 1},
    )


def pairs(run: sluice.Run) -> DataFrame:
    # sink pairs [append], stream-used-twice.sluice:12
    # stream timed, stream-used-twice.sluice:10
    visits_read = visits(run)
    rows = visits_read
    # sink pairs, stream-used-twice.sluice:14
    rows = rows.where(F.col("user").isNotNull())
    # stream timed, stream-used-twice.sluice:10
    rows = rows.withWatermark("at", "10 minutes")
    # sink pairs, stream-used-twice.sluice:14
    visits_rows = visits_read
    visits_rows = visits_rows.where(F.col("user").isNotNull())
    visits_rows = visits_rows.withWatermark("at", "10 minutes")
    visits_rows = visits_rows.withColumnsRenamed({"at": "at_2", "page": "page_2", "user": "user_2"})
    rows = rows.join(
        visits_rows,
        (F.col("user") == F.col("user_2"))
        & (F.col("at_2") >= F.col("at"))
        & (F.col("at_2") <= F.col("at") + F.expr("INTERVAL '0 00:05:00' DAY TO SECOND")),
        "inner",
    )
    rows = rows.select(F.col("page").alias("from_page"), F.col("page_2").alias("to_page"), "user")
    return rows


QUERIES = [
    sluice.Query(
        "pairs",
        pairs,
        mode="append",
        columns=[("from_page", "string"), ("to_page", "string"), ("user", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
