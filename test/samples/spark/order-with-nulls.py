# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job order-with-nulls.sluice
#
# Sink first [append] into memory
#   Sort title, visits desc
#     Table pages: file, json, reads page, title, visits
#
# Sink last [append] into memory
#   Sort title desc nulls first, visits
#     Table pages: file, json, reads page, title, visits
#
# Sink either [append] into memory
#   Sort visits % 2 desc, title nulls last
#     Table pages: file, json, reads page, title, visits
#
# spark-submit order-with-nulls.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="order-with-nulls", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def pages(run: sluice.Run) -> DataFrame:
    # table pages, order-with-nulls.sluice:1
    return run.files(
        "pages",
        "json",
        "data/pages.json",
        T.StructType(
            [
                T.StructField("page", T.StringType(), False),
                T.StructField("title", T.StringType()),
                T.StructField("visits", T.LongType(), False),
            ]
        ),
        ["page", "title", "visits"],
        table=True,
    )


def first(run: sluice.Run) -> DataFrame:
    # sink first [append], order-with-nulls.sluice:2
    rows = pages(run)
    rows = rows.orderBy("title", F.col("visits").desc(), "page")
    return rows


def last(run: sluice.Run) -> DataFrame:
    # sink last [append], order-with-nulls.sluice:3
    rows = pages(run)
    rows = rows.orderBy(F.col("title").desc_nulls_first(), "visits", "page")
    return rows


def either(run: sluice.Run) -> DataFrame:
    # sink either [append], order-with-nulls.sluice:4
    rows = pages(run)
    rows = rows.orderBy((F.col("visits") % 2).desc(), F.col("title").asc_nulls_last(), "page", "visits")
    return rows


QUERIES = [
    sluice.Query(
        "first",
        first,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "last",
        last,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "either",
        either,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
