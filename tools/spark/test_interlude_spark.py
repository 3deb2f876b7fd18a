#!/usr/bin/env python3
"""Holds the Spark job to what the command says of the same files, on a cluster of this machine.

    python3 test_interlude_spark.py [BINARY]          needs pyspark and Java 17
"""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from pyspark.sql import SparkSession

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
import interlude_spark  # noqa: E402

BINARY = os.path.join(ROOT, ".build", "release", "interlude")
MASTER = os.environ.get("INTERLUDE_SPARK_MASTER", "local[2,4]")


def without_nulls(value):
    """A value for comparing: absent and null are the same to Spark, and so is the order of keys."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def texts(records):
    return sorted(json.dumps(without_nulls(record), sort_keys=True) for record in records)


class SparkTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = (
            SparkSession.builder.master(MASTER).appName("interlude-test").config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1").config("spark.executor.memory", "1g").getOrCreate()
        )
        cls.spark.sparkContext.setLogLevel("OFF")

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.captures = os.path.join(self.folder, "captures", "deeper")
        os.makedirs(self.captures)
        for path in glob.glob(os.path.join(ROOT, "Fixtures", "captures", "*.pcap*")):
            shutil.copy(path, self.captures)
        with open(os.path.join(self.captures, "bad.pcap"), "wb") as bad:
            bad.write(b"this is no capture at all, and long enough to be seen as none")
        self.output = os.path.join(self.folder, "out")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def told(self, paths):
        """The records of one audit of these files on this machine."""
        report = os.path.join(self.folder, "told.jsonl")
        subprocess.run(
            [BINARY, "audit", "--quiet", "--no-config", "--no-series", "--jsonl", report, "--", *paths],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        records = {"exchange": [], "finding": [], "capture": [], "summary": []}
        with open(report, encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                record.pop("sketch", None)
                records[record.pop("record")].append(record)
        return records

    def rows(self, table, drop=("path", "day")):
        frame = self.spark.read.parquet(f"{self.output}/{table}").drop(*drop)
        return [row.asDict(recursive=True) for row in frame.collect()]

    def check(self, binary=None):
        paths = sorted(glob.glob(os.path.join(self.captures, "*")))
        whole = interlude_spark.run(self.spark, binary or BINARY, [os.path.dirname(self.captures)], self.output)
        told = self.told(paths)
        self.assertEqual(texts(self.rows("exchanges")), texts(told["exchange"]))
        self.assertEqual(texts(self.rows("findings")), texts(told["finding"]))
        self.assertEqual(texts(self.rows("captures")), texts(told["capture"]))
        (summary,) = told["summary"]
        self.assertEqual(without_nulls(whole), without_nulls(summary))
        with open(f"{self.output}/summary.json", encoding="utf-8") as written:
            self.assertEqual(json.load(written), whole)
        self.assertGreater(len(told["exchange"]), 100)
        return told

    def test_equals_the_command(self):
        told = self.check()
        self.assertTrue(any(e["upstream"] for e in told["exchange"]))
        self.assertEqual([c["file"] for c in told["capture"] if c["status"] != "complete"], ["bad.pcap"])

    def test_a_task_that_is_tried_again_doubles_nothing(self):
        marker = os.path.join(self.folder, "was-here")
        binary = os.path.join(self.folder, "killer")
        with open(binary, "w", encoding="utf-8") as script:
            # In the middle of its output it kills the worker that started it, once; so Spark starts the task anew.
            script.write(
                f"#!/bin/sh\ncase \"$*\" in *kept-alive*) if mkdir {marker} 2>/dev/null; then "
                f"{BINARY} \"$@\" | head -c 5000; kill -9 $PPID; fi;; esac\nexec {BINARY} \"$@\"\n")
        os.chmod(binary, 0o755)
        self.check(binary)
        self.assertTrue(os.path.isdir(marker))

    def test_what_fails_is_a_row(self):
        binary = os.path.join(self.folder, "crash")
        with open(binary, "w", encoding="utf-8") as script:
            script.write(f"#!/bin/sh\ncase \"$*\" in *ipv6*) kill -9 $$;; esac\nexec {BINARY} \"$@\"\n")
        os.chmod(binary, 0o755)
        missing = os.path.join(self.folder, "missing.pcap")
        listing = os.path.join(self.folder, "list")
        with open(listing, "w", encoding="utf-8") as lines:
            lines.write(f"{self.captures}\n\n{missing}\n")
        whole = interlude_spark.run(self.spark, binary, ["@" + listing], self.output)
        status = {row["file"]: (row["status"], row.get("error")) for row in self.rows("captures")}
        self.assertEqual(status["interim-responses-over-ipv6.pcapng"], ("failed", "interlude ended with -9"))
        self.assertEqual(status["missing.pcap"][0], "unreadable")
        self.assertEqual(status["bad.pcap"][0], "unreadable")
        self.assertEqual(whole["captures"], len(status))
        self.assertEqual(sum(1 for s in status.values() if s[0] == "complete"), len(status) - 3)

    def test_captures_without_an_exchange_are_rows_too(self):
        bad = os.path.join(self.captures, "bad.pcap")
        whole = interlude_spark.run(self.spark, BINARY, [bad], self.output)
        self.assertEqual((whole["captures"], whole["exchanges"], whole["wait_ms"]["p50"]), (1, 0, None))
        self.assertEqual([row["status"] for row in self.rows("captures")], ["unreadable"])

    def test_a_series_is_one_capture(self):
        half = os.path.join(self.captures, "copy-held-3-s-in-silence.pcap")
        with open(half, "rb") as whole:
            octets = whole.read()
        at = 24
        for _ in range(6):
            at += 16 + int.from_bytes(octets[at + 8:at + 12], "little")
        series = os.path.join(self.folder, "series")
        os.mkdir(series)
        for number, part in enumerate([octets[:at], octets[:24] + octets[at:]]):
            with open(os.path.join(series, f"ring_0000{number}.pcap"), "wb") as file:
                file.write(part)
        whole = interlude_spark.run(self.spark, BINARY, [series], self.output, series=True)
        self.assertEqual((whole["captures"], whole["exchanges"], whole["without_final"]), (2, 1, 0))

    def test_a_reader_brings_what_is_not_mounted(self):
        reader = os.path.join(self.folder, "reader")
        with open(reader, "w", encoding="utf-8") as script:
            script.write("#!/bin/sh\nexec cat \"${1#strange:}\"\n")
        os.chmod(reader, 0o755)
        name = "early-hints-before-the-page.pcap"
        records = []
        self.spark.sparkContext.addFile(BINARY)
        for row in interlude_spark.audit([f"strange:{self.captures}/{name}"], os.path.basename(BINARY), [], reader):
            records.append(row)
        told = self.told([os.path.join(self.captures, name)])
        found = [json.loads(row[3]) for row in records if row[1] == "exchange"]
        self.assertEqual(texts(found), texts(told["exchange"]))


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
