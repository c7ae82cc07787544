# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job join-with-tables.sluice
#
# Sink titled [append] into console
#   Project at, page, title, visits, name, page as home
#     Join inner on user = id and page is not distinct from page
#       Join left on page = page
#         Filter user is not null
#           Source visits: file, json, reads at, page, user
#         Table pages: file, json, reads page, title, visits
#       Table users: file, json, reads id, name, page
#
# Sink known [append] into discard
#   Join semi on user = id
#     Filter user is not null
#       Source visits: file, json, reads at, user
#     Table users: file, json, reads id
#
# Sink strangers [append] into discard
#   Join anti on user = id
#     Source visits: file, json, reads at, user
#     Table users: file, json, reads id
#
# Sink pairs [append] into discard
#   Project page, page as other
#     Join cross
#       Source visits: file, json, reads page
#       Table pages: file, json, reads page
#
# spark-submit join-with-tables.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="join-with-tables", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, join-with-tables.sluice:9
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


def pages(run: sluice.Run) -> DataFrame:
    # table pages, join-with-tables.sluice:10
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
    # table users, join-with-tables.sluice:11
    return run.files(
        "users",
        "json",
        "data/users.json",
        T.StructType(
            [
                T.StructField("id", T.LongType(), False),
                T.StructField("name", T.StringType(), False),
                T.StructField("page", T.StringType()),
            ]
        ),
        ["id", "name", "page"],
        table=True,
    )


def titled(run: sluice.Run) -> DataFrame:
    # sink titled [append], join-with-tables.sluice:13
    rows = visits(run)
    rows = rows.where(F.col("user").isNotNull())
    pages_rows = pages(run)
    pages_rows = pages_rows.withColumnsRenamed({"page": "page_2"})
    rows = rows.join(pages_rows, F.col("page") == F.col("page_2"), "left")
    users_rows = users(run)
    users_rows = users_rows.withColumnsRenamed({"page": "page_3"})
    rows = rows.join(users_rows, (F.col("user") == F.col("id")) & F.col("page_2").eqNullSafe(F.col("page_3")), "inner")
    rows = rows.select("at", "page", "title", "visits", "name", F.col("page_3").alias("home"))
    return rows


def known(run: sluice.Run) -> DataFrame:
    # sink known [append], join-with-tables.sluice:19
    rows = visits(run).select("at", "user")
    rows = rows.where(F.col("user").isNotNull())
    users_rows = users(run).select("id")
    rows = rows.join(users_rows, F.col("user") == F.col("id"), "left_semi")
    return rows


def strangers(run: sluice.Run) -> DataFrame:
    # sink strangers [append], join-with-tables.sluice:20
    rows = visits(run).select("at", "user")
    users_rows = users(run).select("id")
    rows = rows.join(users_rows, F.col("user") == F.col("id"), "left_anti")
    return rows


def pairs(run: sluice.Run) -> DataFrame:
    # sink pairs [append], join-with-tables.sluice:21
    rows = visits(run).select("page")
    pages_rows = pages(run).select("page")
    pages_rows = pages_rows.withColumnsRenamed({"page": "page_2"})
    rows = rows.crossJoin(pages_rows)
    rows = rows.select("page", F.col("page_2").alias("other"))
    return rows


QUERIES = [
    sluice.Query(
        "titled",
        titled,
        mode="append",
        columns=[
            ("at", "timestamp"),
            ("page", "string"),
            ("title", "string"),
            ("visits", "bigint"),
            ("name", "string"),
            ("home", "string"),
        ],
        sink=sluice.console(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "known",
        known,
        mode="append",
        columns=[("at", "timestamp"), ("user", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "strangers",
        strangers,
        mode="append",
        columns=[("at", "timestamp"), ("user", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "pairs",
        pairs,
        mode="append",
        columns=[("page", "string"), ("other", "string")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
