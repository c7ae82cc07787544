# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job distinct.sluice
#
# Sink readers [update] into discard
#   Aggregate key=[page, user]
#     Source visits: file, json, reads page, user
#
# Sink total [complete] into discard
#   Aggregate key=[] visits=count() ms=sum(ms)
#     Source visits: file, json, reads ms
#
# spark-submit distinct.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="distinct", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, distinct.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("page", T.StringType(), False),
                T.StructField("user", T.LongType()),
                T.StructField("ms", T.DoubleType(), False),
            ]
        ),
        ["page", "user", "ms"],
        options={"maxFilesPerTrigger": 1},
    )


def readers(run: sluice.Run) -> DataFrame:
    # sink readers [update], distinct.sluice:12
    rows = visits(run).select("page", "user")
    rows = rows.groupBy("page", "user").agg(F.count(F.lit(1)).alias("rows"))
    rows = rows.drop("rows")
    return rows


def total(run: sluice.Run) -> DataFrame:
    # sink total [complete], distinct.sluice:13
    rows = visits(run).select("ms")
    rows = rows.groupBy().agg(F.count(F.lit(1)).alias("visits"), F.sum(F.col("ms")).alias("ms"))
    return rows


QUERIES = [
    sluice.Query(
        "readers",
        readers,
        mode="update",
        columns=[("page", "string"), ("user", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "total",
        total,
        mode="complete",
        columns=[("visits", "bigint"), ("ms", "double")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
