# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job orders-and-limits.sluice
#
# Sink by_function [append] into memory
#   Limit 3
#     Sort shorten(page) desc
#       Table pages: file, json, reads page, title, visits
#
# Sink top_by_function [append] into memory
#   Limit 1
#     Top 1 by shorten(page) desc per title
#       Table pages: file, json, reads page, title, visits
#
# Sink of_a_few [append] into memory
#   Limit 2
#     Filter visits > 1 and title is not null
#       Limit 4
#         Sort visits desc
#           Table pages: file, json, reads page, title, visits
#
# Sink extended [append] into memory
#   Limit 2
#     Project page, title, visits, visits + 1 as more
#       Limit 4
#         Sort visits desc
#           Table pages: file, json, reads page, title, visits
#
# Sink in_parts [append] into memory
#   Limit 3
#     Explode split(concat(page, "#"), "#") as part
#       Limit 4
#         Sort visits desc
#           Table pages: file, json, reads page, title, visits
#
# Sink turned [append] into memory
#   Limit 2
#     Project -n as less, page
#       Limit 3
#         Aggregate key=[page] n=sum(visits)
#           Table pages: file, json, reads page, visits
#
# Sink filtered [append] into memory
#   Limit 2
#     Sort visits desc
#       Filter length(shorten(page)) > 1
#         Table pages: file, json, reads page, title, visits
#
# Sink of_each [append] into memory
#   Limit 3
#     Top 2 by visits desc per title
#       Table pages: file, json, reads page, title, visits
#
# Sink one_of_each [append] into memory
#   Limit 2
#     Dedup title
#       Sort visits desc
#         Table pages: file, json, reads page, title, visits
#
# Sink of_some [append] into memory
#   Dedup title
#     Limit 4
#       Sort visits desc
#         Table pages: file, json, reads page, title, visits
#
# Sink beside [append] into memory
#   Limit 2
#     Project page
#       Join inner on page = page
#         Limit 4
#           Sort visits desc
#             Table pages: file, json, reads page, title, visits
#         Table pages: file, json, reads page
#
# Sink last_parts [append] into memory
#   Limit 3
#     Explode split(concat(page, "#"), "#") as part
#       Sort visits desc
#         Table pages: file, json, reads page, title, visits
#
# Sink longest [complete] into memory
#   Limit 3
#     Sort shorten(page) desc
#       Aggregate key=[page] n=count()
#         Source visits: file, json, reads page
#
# Sink longest_of_few [complete] into memory
#   Limit 1
#     Filter n > 1
#       Limit 3
#         Sort n desc
#           Aggregate key=[page] n=count()
#             Source visits: file, json, reads page
#
# spark-submit orders-and-limits.py --checkpoint DIR
#
# The functions are in orders-and-limits.functions.mjs, which belongs beside this file; the executors need Node.
import sluice_spark as sluice
from pyspark.sql import DataFrame, Window, functions as F, types as T

JOB = sluice.Job(
    name="orders-and-limits",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)

FUNCTIONS = sluice.Functions("orders-and-limits.functions.mjs")
shorten = FUNCTIONS.function("shorten", T.StringType())


def pages(run: sluice.Run) -> DataFrame:
    # table pages, orders-and-limits.sluice:4
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


def visits(run: sluice.Run) -> DataFrame:
    # source visits, orders-and-limits.sluice:5
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType([T.StructField("page", T.StringType(), False)]),
        ["page"],
        options={"maxFilesPerTrigger": 1},
    )


def by_function(run: sluice.Run) -> DataFrame:
    # sink by_function [append], orders-and-limits.sluice:7
    rows = pages(run)
    rows = rows.withColumn("computed", shorten(F.col("page")))
    rows = rows.orderBy(F.col("computed").desc(), "page", "title", "visits")
    rows = rows.limit(3)
    rows = rows.drop("computed")
    return rows


def top_by_function(run: sluice.Run) -> DataFrame:
    # sink top_by_function [append], orders-and-limits.sluice:8
    rows = pages(run)
    rows = rows.withColumn("computed", shorten(F.col("page")))
    rows = rows.withColumn(
        "place",
        F.row_number().over(Window.partitionBy("title").orderBy(F.col("computed").desc(), "page", "title", "visits")),
    )
    rows = rows.where(F.col("place") <= 1).drop("place")
    rows = rows.orderBy("title", F.col("computed").desc(), "page", "visits").limit(1)
    rows = rows.drop("computed")
    return rows


def of_a_few(run: sluice.Run) -> DataFrame:
    # sink of_a_few [append], orders-and-limits.sluice:9
    rows = pages(run)
    rows = rows.orderBy(F.col("visits").desc(), "page", "title")
    rows = rows.limit(4)
    rows = rows.where((F.col("visits") > 1) & F.col("title").isNotNull())
    rows = rows.limit(2)
    return rows


def extended(run: sluice.Run) -> DataFrame:
    # sink extended [append], orders-and-limits.sluice:10
    rows = pages(run)
    rows = rows.orderBy(F.col("visits").desc(), "page", "title")
    rows = rows.limit(4)
    rows = rows.withColumn("more", F.col("visits") + 1)
    rows = rows.limit(2)
    return rows


def in_parts(run: sluice.Run) -> DataFrame:
    # sink in_parts [append], orders-and-limits.sluice:11
    rows = pages(run)
    rows = rows.orderBy(F.col("visits").desc(), "page", "title")
    rows = rows.limit(4)
    rows = rows.withColumn("part", F.explode(F.split(F.concat(F.col("page"), F.lit("#")), F.lit("#"))))
    rows = rows.limit(3)
    return rows


def turned(run: sluice.Run) -> DataFrame:
    # sink turned [append], orders-and-limits.sluice:12
    rows = pages(run).select("page", "visits")
    rows = rows.groupBy("page").agg(F.sum(F.col("visits")).alias("n"))
    rows = rows.orderBy("page", "n").limit(3)
    rows = rows.select((-F.col("n")).alias("less"), "page")
    rows = rows.limit(2)
    return rows


def filtered(run: sluice.Run) -> DataFrame:
    # sink filtered [append], orders-and-limits.sluice:13
    rows = pages(run)
    rows = rows.where(F.length(shorten(F.col("page"))) > 1)
    rows = rows.orderBy(F.col("visits").desc(), "page", "title")
    rows = rows.limit(2)
    return rows


def of_each(run: sluice.Run) -> DataFrame:
    # sink of_each [append], orders-and-limits.sluice:14
    rows = pages(run)
    rows = rows.withColumn(
        "place", F.row_number().over(Window.partitionBy("title").orderBy(F.col("visits").desc(), "page", "title"))
    )
    rows = rows.where(F.col("place") <= 2).drop("place")
    rows = rows.orderBy("title", F.col("visits").desc(), "page").limit(3)
    return rows


def one_of_each(run: sluice.Run) -> DataFrame:
    # sink one_of_each [append], orders-and-limits.sluice:15
    rows = pages(run)
    rows = rows.orderBy(F.col("visits").desc(), "page", "title")
    rows = rows.withColumn("place", F.row_number().over(Window.partitionBy("title").orderBy("page", "title", "visits")))
    rows = rows.where(F.col("place") == 1).drop("place")
    rows = rows.orderBy("title", "page", "visits").limit(2)
    return rows


def of_some(run: sluice.Run) -> DataFrame:
    # sink of_some [append], orders-and-limits.sluice:16
    rows = pages(run)
    rows = rows.orderBy(F.col("visits").desc(), "page", "title")
    rows = rows.limit(4)
    rows = rows.withColumn("place", F.row_number().over(Window.partitionBy("title").orderBy("page", "title", "visits")))
    rows = rows.where(F.col("place") == 1).drop("place")
    return rows


def beside(run: sluice.Run) -> DataFrame:
    # sink beside [append], orders-and-limits.sluice:17
    pages_read = pages(run)
    rows = pages_read
    rows = rows.orderBy(F.col("visits").desc(), "page", "title")
    rows = rows.limit(4)
    pages_rows = pages_read.select("page")
    pages_rows = pages_rows.withColumnsRenamed({"page": "page_2"})
    rows = rows.join(pages_rows, F.col("page") == F.col("page_2"), "inner")
    rows = rows.select("page")
    rows = rows.limit(2)
    return rows


def last_parts(run: sluice.Run) -> DataFrame:
    # sink last_parts [append], orders-and-limits.sluice:18
    rows = pages(run)
    rows = rows.orderBy(F.col("visits").desc(), "page", "title")
    rows = rows.withColumn("part", F.explode(F.split(F.concat(F.col("page"), F.lit("#")), F.lit("#"))))
    rows = rows.limit(3)
    return rows


def longest(run: sluice.Run) -> DataFrame:
    # sink longest [complete], orders-and-limits.sluice:20
    rows = visits(run)
    rows = rows.groupBy("page").agg(F.count(F.lit(1)).alias("n"))
    rows = rows.withColumn("computed", shorten(F.col("page")))
    rows = rows.orderBy(F.col("computed").desc(), "page", "n")
    rows = rows.limit(3)
    rows = rows.drop("computed")
    return rows


def longest_of_few(run: sluice.Run) -> DataFrame:
    # sink longest_of_few [complete], orders-and-limits.sluice:21
    rows = visits(run)
    rows = rows.groupBy("page").agg(F.count(F.lit(1)).alias("n"))
    rows = rows.orderBy(F.col("n").desc(), "page")
    rows = rows.limit(3)
    rows = rows.where(F.col("n") > 1)
    rows = rows.limit(1)
    return rows


QUERIES = [
    sluice.Query(
        "by_function",
        by_function,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "top_by_function",
        top_by_function,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "of_a_few",
        of_a_few,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "extended",
        extended,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint"), ("more", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "in_parts",
        in_parts,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint"), ("part", "string")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "turned",
        turned,
        mode="append",
        columns=[("less", "bigint"), ("page", "string")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "filtered",
        filtered,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "of_each",
        of_each,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "one_of_each",
        one_of_each,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "of_some",
        of_some,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "beside", beside, mode="append", columns=[("page", "string")], sink=sluice.memory(), trigger=sluice.asap()
    ),
    sluice.Query(
        "last_parts",
        last_parts,
        mode="append",
        columns=[("page", "string"), ("title", "string"), ("visits", "bigint"), ("part", "string")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "longest",
        longest,
        mode="complete",
        columns=[("page", "string"), ("n", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "longest_of_few",
        longest_of_few,
        mode="complete",
        columns=[("page", "string"), ("n", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
