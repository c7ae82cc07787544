# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job first-rows-of-tables.sluice
#
# Sink best [append] into memory
#   Top 3 with ties as place by visits desc per title
#     Table pages: file, json, reads page, title, visits
#
# Sink newest [append] into memory
#   Top 1 by visits desc per title
#     Table pages: file, json, reads page, title, visits
#
# Sink one_each [append] into memory
#   Dedup title
#     Aggregate key=[page, title] visits=sum(visits)
#       Table pages: file, json, reads page, title, visits
#
# Sink few [append] into memory
#   Limit rows
#     Sort visits desc
#       Table pages: file, json, reads page, title, visits
#
# Sink some_rows [append] into memory
#   Limit 3
#     Aggregate key=[title] n=count()
#       Table pages: file, json, reads title
#
# spark-submit first-rows-of-tables.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, Window, functions as F, types as T

JOB = sluice.Job(
    name="first-rows-of-tables",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[sluice.Param("rows", T.IntegerType(), default="5")],
)


def pages(run: sluice.Run) -> DataFrame:
    # table pages, first-rows-of-tables.sluice:1
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


def best(run: sluice.Run) -> DataFrame:
    # sink best [append], first-rows-of-tables.sluice:4
    rows = pages(run)
    rows = rows.withColumn("place", F.rank().over(Window.partitionBy("title").orderBy(F.col("visits").desc())))
    rows = rows.where(F.col("place") <= 3)
    return rows


def newest(run: sluice.Run) -> DataFrame:
    # sink newest [append], first-rows-of-tables.sluice:5
    rows = pages(run)
    rows = rows.withColumn(
        "place", F.row_number().over(Window.partitionBy("title").orderBy(F.col("visits").desc(), "page", "title"))
    )
    rows = rows.where(F.col("place") <= 1).drop("place")
    return rows


def one_each(run: sluice.Run) -> DataFrame:
    # sink one_each [append], first-rows-of-tables.sluice:6
    rows = pages(run)
    rows = rows.groupBy("page", "title").agg(F.sum(F.col("visits")).alias("visits"))
    rows = rows.withColumn("place", F.row_number().over(Window.partitionBy("title").orderBy("page", "title", "visits")))
    rows = rows.where(F.col("place") == 1).drop("place")
    return rows


def few(run: sluice.Run) -> DataFrame:
    # sink few [append], first-rows-of-tables.sluice:8
    rows = pages(run)
    rows = rows.orderBy(F.col("visits").desc(), "page", "title")
    rows = rows.limit(run.value("rows"))
    return rows


def some_rows(run: sluice.Run) -> DataFrame:
    # sink some_rows [append], first-rows-of-tables.sluice:9
    rows = pages(run).select("title")
    rows = rows.groupBy("title").agg(F.count(F.lit(1)).alias("n"))
    rows = rows.orderBy("title", "n").limit(3)
    return rows


QUERIES = [
    sluice.Query(
        "best",
        best,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint"), ("place", "int")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "newest",
        newest,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "one_each",
        one_each,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "few",
        few,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "some_rows",
        some_rows,
        mode="append",
        columns=[("title", "string"), ("n", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
