"""Writes the container files in this folder with another implementation of Avro (fastavro 1.13), and what is in them as JSON.

    python -m venv venv && venv/bin/pip install fastavro cramjam backports.zstd && venv/bin/python test/facts/avro/make.py
"""

import datetime
import decimal
import json
import pathlib
import uuid

import fastavro

folder = pathlib.Path(__file__).parent
decimal.getcontext().prec = 60

schema = {
    "type": "record",
    "name": "Everything",
    "namespace": "facts",
    "fields": [
        {"name": "id", "type": "long"},
        {"name": "flag", "type": "boolean"},
        {"name": "small", "type": "int"},
        {"name": "big", "type": ["null", "long"], "default": None},
        {"name": "single", "type": "float"},
        {"name": "precise", "type": ["double", "null"]},
        {"name": "text", "type": "string"},
        {"name": "note", "type": ["null", {"type": "string", "avro.java.string": "String"}]},
        {"name": "raw", "type": "bytes"},
        {"name": "digest", "type": {"type": "fixed", "name": "Digest", "size": 4}},
        {"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "GREEN", "BLUE"]}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 38, "scale": 10}},
        {"name": "tax", "type": ["null", {"type": "fixed", "name": "Tax", "size": 8, "logicalType": "decimal", "precision": 18, "scale": 2}]},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "millis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
        {"name": "time", "type": {"type": "long", "logicalType": "time-micros"}},
        {"name": "uuid", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "tags", "type": {"type": "array", "items": ["null", "string"]}},
        {"name": "counts", "type": {"type": "map", "values": "long"}},
        {
            "name": "place",
            "type": [
                "null",
                {
                    "type": "record",
                    "name": "Place",
                    "fields": [
                        {"name": "city", "type": "string"},
                        {"name": "points", "type": {"type": "array", "items": {"type": "record", "name": "Point", "fields": [{"name": "x", "type": "double"}, {"name": "y", "type": ["null", "double"]}]}}},
                    ],
                },
            ],
        },
        {"name": "unread", "type": {"type": "map", "values": {"type": "array", "items": "Point"}}},
    ],
}

utc = datetime.timezone.utc


def row(number):
    odd = number % 2 == 1
    return {
        "id": [0, 1, -1, 9007199254740993, -9223372036854775808, 9223372036854775807, 64, -65][number % 8],
        "flag": odd,
        "small": [0, -1, 2147483647, -2147483648][number % 4],
        "big": None if odd else 9007199254740991 + number,
        "single": [0.5, -1.25, 3.0][number % 3],
        "precise": None if number % 3 == 0 else number / 3,
        "text": ["", "plain", "čšž — 日本語 🎈", "a\u0000b"][number % 4],
        "note": None if odd else "n" * number,
        "raw": bytes([0, 255, number % 256]),
        "digest": bytes([number % 256, 1, 2, 3]),
        "color": ["RED", "GREEN", "BLUE"][number % 3],
        "price": decimal.Decimal(["0", "-0.0000000001", "9999999999999999999999999999.9999999999", "12.5"][number % 4]),
        "tax": None if odd else decimal.Decimal(number) / 4,
        "day": datetime.date(1969, 12, 30) + datetime.timedelta(days=number),
        "millis": datetime.datetime(2024, 2, 29, 23, 59, 59, 999000, utc) + datetime.timedelta(milliseconds=number),
        "micros": datetime.datetime(1969, 12, 31, 23, 59, 59, 999998, utc) + datetime.timedelta(microseconds=number),
        "local": datetime.datetime(2030, 1, 1, 0, 0, 0, 1) + datetime.timedelta(hours=number),
        "time": datetime.time(23, 59, 59, number),
        "uuid": uuid.UUID(int=number),
        "tags": [None, "", "é"][: number % 4],
        "counts": {"": number, "__proto__": -number, "ü": 9223372036854775807},
        "place": None if number % 3 == 0 else {"city": "Brno", "points": [{"x": 0.5 * number, "y": None if odd else -1.0}] * (number % 3)},
        "unread": {"a": [{"x": 1.0, "y": None}], "b": []},
    }


epoch = datetime.datetime(1970, 1, 1, tzinfo=utc)


def micros(time):
    return round((time - epoch) / datetime.timedelta(microseconds=1))


def scaled(value, scale):
    return None if value is None else str(int(value.scaleb(scale)))


def expected(value):
    """As the runtime has it; integers that may be long are texts."""
    return {
        **value,
        "id": str(value["id"]),
        "big": None if value["big"] is None else str(value["big"]),
        "raw": value["raw"].hex(),
        "digest": value["digest"].hex(),
        "price": scaled(value["price"], 10),
        "tax": scaled(value["tax"], 2),
        "day": (value["day"] - datetime.date(1970, 1, 1)).days,
        "millis": micros(value["millis"]),
        "micros": micros(value["micros"]),
        "local": micros(value["local"].replace(tzinfo=utc)),
        "time": (datetime.datetime.combine(datetime.date(1970, 1, 1), value["time"], utc) - epoch) // datetime.timedelta(microseconds=1),
        "uuid": str(value["uuid"]),
        "counts": [[key, str(count)] for key, count in value["counts"].items()],
        "unread": None,
    }


rows = [row(number) for number in range(40)]
for codec in ["null", "deflate", "snappy", "zstandard"]:
    with open(folder / f"everything-{codec}.avro", "wb") as out:
        fastavro.writer(out, schema, rows, codec=codec, sync_interval=1500, sync_marker=bytes(range(16)))
(folder / "everything.json").write_text("".join(json.dumps(expected(value)) + "\n" for value in rows))
(folder / "everything.avsc").write_text(json.dumps(schema, indent=2) + "\n")
