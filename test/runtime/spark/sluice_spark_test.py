"""Tests of runtime/spark/sluice_spark.py that need no session of Spark; where pyspark is not there, a stand-in for its names."""

import datetime
import os
import pathlib
import sys
import tempfile
import types
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "runtime" / "spark"))

try:
    import pyspark  # noqa: F401
except ImportError:

    class _Anything(type):
        def __getattr__(cls, name):
            return _Anything(name, (Exception,), {})

    for name in ("pyspark", "pyspark.errors", "pyspark.sql", "pyspark.sql.streaming"):
        module = types.ModuleType(name)
        module.__getattr__ = lambda attribute: _Anything(attribute, (Exception,), {})  # type: ignore[method-assign]
        sys.modules[name] = module

import sluice_spark as sluice


class Durations(unittest.TestCase):
    def test_words_and_iso_are_read(self):
        for text, seconds in (("5 minutes", 300), ("1 hour 30 minutes", 5400), ("PT5M", 300), ("P1DT2H", 93600), ("-PT0.5S", -0.5), ("2 weeks", 1209600), ("250 milliseconds", 0.25)):
            self.assertEqual(sluice.duration_of(text), datetime.timedelta(seconds=seconds), text)

    def test_other_texts_are_none(self):
        for text in ("", "5", "x minutes", "5 minutes x", "PT", "P", "5 fortnights"):
            self.assertIsNone(sluice.duration_of(text), text)

    def test_spans_and_milliseconds(self):
        self.assertEqual(sluice.span(datetime.timedelta(seconds=5)), "5000 milliseconds")
        self.assertEqual(sluice.span(datetime.timedelta(microseconds=1500)), "1500 microseconds")
        self.assertEqual(sluice.millis(datetime.timedelta(microseconds=1)), "1")


class Access(unittest.TestCase):
    def test_plain_brokers(self):
        self.assertEqual(sluice.kafka_client("a:1"), {"kafka.bootstrap.servers": "a:1", "kafka.security.protocol": "PLAINTEXT"})

    def test_a_password_with_quotes_stays_one_text(self):
        options = sluice.kafka_client("a:1", tls=True, sasl="scram-sha-512", username='m"e', password='x\\"; y')
        self.assertEqual(options["kafka.security.protocol"], "SASL_SSL")
        self.assertEqual(options["kafka.sasl.jaas.config"], 'org.apache.kafka.common.security.scram.ScramLoginModule required username="m\\"e" password="x\\\\\\"; y";')

    def test_certificates_are_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "ca.pem")
            pathlib.Path(path).write_text("PEM", encoding="utf-8")
            self.assertEqual(sluice.kafka_client("a:1", tls=True, tls_ca=path)["kafka.ssl.truststore.certificates"], "PEM")
        with self.assertRaisesRegex(sluice.UserError, "tlsCa"):
            sluice.kafka_client("a:1", tls=True, tls_ca=path)


class CommandLine(unittest.TestCase):
    def test_what_is_not_known_is_a_users_error(self):
        for arguments in (["--parm"], ["--batch", "--once"], ["--param"]):
            with self.assertRaises(sluice.UserError):
                sluice._arguments(sluice.Job("job"), arguments)

    def test_a_variable_that_is_not_set(self):
        with self.assertRaisesRegex(sluice.UserError, "SLUICE_NO_SUCH_VARIABLE"):
            sluice.env("SLUICE_NO_SUCH_VARIABLE")
        self.assertEqual(sluice.env("SLUICE_NO_SUCH_VARIABLE", "x"), "x")


class Folders(unittest.TestCase):
    def test_what_spark_would_read_otherwise_is_refused(self):
        for name in ("day=1", "_sluice"):
            with tempfile.TemporaryDirectory() as folder:
                os.mkdir(os.path.join(folder, name))
                with self.assertRaises(sluice.UserError):
                    sluice._check_folder(folder)
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "plain"))
            sluice._check_folder(folder)


class Headers(unittest.TestCase):
    def read(self, names, text, **options):
        return sluice._records_by_header(names, options)(text)

    def test_fields_stand_in_the_order_that_is_asked_for(self):
        self.assertEqual(self.read(["a", "b"], 'b,x,a\r\n1,2,3\n"p,""q",,"r\ns"'), ["3,1", '"r\ns","p,""q"'])

    def test_another_number_of_fields_is_malformed(self):
        self.assertEqual(self.read(["a"], "a,b\n1\n,2\n1,2,3\n4,\n\n"), [None, "", None, "4"])

    def test_a_column_that_no_header_has(self):
        with self.assertRaisesRegex(ValueError, "no column c"):
            self.read(["c"], "a,b\n1,2")

    def test_dialects(self):
        self.assertEqual(self.read(["a", "b"], "\ufeff# x\nb;'a'\n'x\\';y';2\n#z;\n", sep=";", quote="'", escape="\\", comment="#"), ["2;'x\\';y'"])
        self.assertEqual(self.read(["b"], 'a,b\n"1\n2,3', multiLine=False), [None, "3"])
        self.assertEqual(self.read(["b"], 'a,b\n1,"2', quote=""), ['"2'])


class Names(unittest.TestCase):
    def test_quotes(self):
        self.assertEqual(sluice._quoted("a`b c"), "`a``b c`")


if __name__ == "__main__":
    unittest.main()
