# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job joins-of-tables.sluice
#
# Sink all [append] into memory
#   Sort page desc
#     Project page, name, page as home
#       Join full on page = page
#         Table pages: file, json, reads page
#         Table users: file, json, reads name, page
#
# Sink homes [append] into memory
#   Project title, name
#     Join right on page = page
#       Filter visits > 10
#         Table pages: file, json, reads page, title, visits
#       Table users: file, json, reads name, page
#
# spark-submit joins-of-tables.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="joins-of-tables", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def pages(run: sluice.Run) -> DataFrame:
    # table pages, joins-of-tables.sluice:1
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


def users(run: sluice.Run) -> DataFrame:
    # table users, joins-of-tables.sluice:2
    return run.files(
        "users",
        "json",
        "data/users.json",
        T.StructType([T.StructField("name", T.StringType(), False), T.StructField("page", T.StringType())]),
        ["name", "page"],
        table=True,
    )


def all_2(run: sluice.Run) -> DataFrame:
    # sink all [append], joins-of-tables.sluice:4
    rows = pages(run).select("page")
    users_rows = users(run)
    users_rows = users_rows.withColumnsRenamed({"page": "page_2"})
    rows = rows.join(users_rows, F.col("page") == F.col("page_2"), "full")
    rows = rows.select("page", "name", F.col("page_2").alias("home"))
    rows = rows.orderBy(F.col("page").desc(), "name", "home")
    return rows


def homes(run: sluice.Run) -> DataFrame:
    # sink homes [append], joins-of-tables.sluice:5
    rows = pages(run)
    rows = rows.where(F.col("visits") > 10)
    users_rows = users(run)
    users_rows = users_rows.withColumnsRenamed({"page": "page_2"})
    rows = rows.join(users_rows, F.col("page") == F.col("page_2"), "right")
    rows = rows.select("title", "name")
    return rows


QUERIES = [
    sluice.Query(
        "all",
        all_2,
        mode="append",
        columns=[("page", "string"), ("name", "string"), ("home", "string")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "homes",
        homes,
        mode="append",
        columns=[("title", "string"), ("name", "string")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
