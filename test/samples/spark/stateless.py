# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job stateless.sluice
#
# Sink long_visits [append] into console
#   Project at, trim(page) as page, user as who, ms, ms / 1000e0 as seconds, upper(page) as shown
#     Filter ms > 1000e0 and user is not null
#       Source visits: file, json, reads at, page, user, ms
#
# Sink short_visits [append] into discard
#   Project at, page, user
#     Filter ms <= 1000e0
#       Source visits: file, json, reads at, page, user, ms
#
# spark-submit stateless.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="stateless", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, stateless.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("at", T.TimestampType(), False),
                T.StructField("page", T.StringType(), False),
                T.StructField("user", T.LongType()),
                T.StructField("ms", T.DoubleType(), False),
            ]
        ),
        ["at", "page", "user", "ms"],
        options={"maxFilesPerTrigger": 1},
    )


def long_visits(run: sluice.Run) -> DataFrame:
    # sink long_visits [append], stateless.sluice:11
    rows = visits(run)
    rows = rows.where((F.col("ms") > 1000.0) & F.col("user").isNotNull())
    rows = rows.select(
        "at",
        F.trim(F.col("page")).alias("page"),
        F.col("user").alias("who"),
        "ms",
        (F.col("ms") / 1000.0).alias("seconds"),
        F.upper(F.col("page")).alias("shown"),
    )
    return rows


def short_visits(run: sluice.Run) -> DataFrame:
    # sink short_visits [append], stateless.sluice:19
    rows = visits(run)
    rows = rows.where(F.col("ms") <= 1000.0)
    rows = rows.drop("ms")
    return rows


QUERIES = [
    sluice.Query(
        "long_visits",
        long_visits,
        mode="append",
        columns=[
            ("at", "timestamp"),
            ("page", "string"),
            ("who", "bigint"),
            ("ms", "double"),
            ("seconds", "double"),
            ("shown", "string"),
        ],
        sink=sluice.console(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "short_visits",
        short_visits,
        mode="append",
        columns=[("at", "timestamp"), ("page", "string"), ("user", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
