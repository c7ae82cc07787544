# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job union.sluice
#
# Sink events [append] into console
#   Union at, page, user
#     Source visits: file, json, reads at, page, user
#     Project at, "/order" as page, user
#       Source orders: file, json, reads at, user
#     Project at, page, user
#       Filter ms > 500e0
#         Source visits: file, json, reads at, page, user, ms
#
# spark-submit union.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="union", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, union.sluice:9
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


def orders(run: sluice.Run) -> DataFrame:
    # source orders, union.sluice:10
    return run.files(
        "orders",
        "json",
        "data/orders",
        T.StructType([T.StructField("at", T.TimestampType(), False), T.StructField("user", T.LongType(), False)]),
        ["at", "user"],
        options={"maxFilesPerTrigger": 1},
    )


def events(run: sluice.Run) -> DataFrame:
    # sink events [append], union.sluice:15
    visits_read = visits(run)
    rows = visits_read.select("at", "page", "user")
    orders_rows = orders(run)
    orders_rows = orders_rows.select("at", F.lit("/order").alias("page"), "user")
    visits_rows = visits_read
    visits_rows = visits_rows.where(F.col("ms") > 500.0)
    visits_rows = visits_rows.drop("ms")
    rows = rows.union(orders_rows).union(visits_rows)
    return rows


QUERIES = [
    sluice.Query(
        "events",
        events,
        mode="append",
        columns=[("at", "timestamp"), ("page", "string"), ("user", "bigint")],
        sink=sluice.console(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
