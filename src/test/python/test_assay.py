"""Tests of notebooks/assay.py. The class path to test with stands in ASSAY_CLASS_PATH."""

import os
import sys
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "notebooks"))

from pyspark.sql import SparkSession  # noqa: E402

import assay  # noqa: E402

RULES = """Rules = [
    IsComplete "vin",
    ColumnValues "km" >= 0,
    ReferentialIntegrity "vin" "vehicles.vin" = 1.0,
    Mean "mass" > 1
]
"""


class AssayTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = (
            SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.driver.extraClassPath", os.environ["ASSAY_CLASS_PATH"])
            .getOrCreate()
        )
        cls.trips = cls.spark.createDataFrame([("A", 1.0), ("B", -2.0)], "vin string, km double")
        cls.vehicles = cls.spark.createDataFrame([("A",), ("B",)], "vin string")

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def test_text(self):
        card = assay.on(self.spark).with_reference("vehicles", self.vehicles).score(self.trips, RULES)

        self.assertEqual(Decimal("66.666667"), card.score)
        self.assertEqual(Decimal("75.000000"), card.coverage)
        self.assertEqual([1, 3], [one.ordinal for one in card.passed()])
        (failed,) = card.failed()
        self.assertEqual('ColumnValues "km" >= 0', failed.rule)
        self.assertEqual(["km"], failed.columns)
        self.assertEqual(1, failed.failing_rows)
        self.assertEqual(0.5, failed.measured)
        (unanswered,) = card.unanswered()
        self.assertEqual("MISSING_COLUMN", unanswered.reason)
        self.assertIn("2 passed, 1 failed, 1 unanswered", repr(card))

    def test_outcomes_as_rows(self):
        outcomes = assay.on(self.spark).score(self.trips, RULES).to_df()

        self.assertEqual(4, outcomes.count())
        self.assertEqual(
            [("FAILED", 1)],
            [tuple(row) for row in outcomes.where("ordinal = 2").select("verdict", "failing_rows").collect()],
        )

    def test_file(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "trips.dqdl"
            file.write_text('Rules = [ RowCount = 2 ]', encoding="utf-8")

            self.assertEqual(100, assay.on(self.spark).score(self.trips, str(file)).score)

    def test_a_checkout_that_was_not_built_has_no_class_path(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(FileNotFoundError, "There is no jar in .*target. './assay --version' builds it"):
                assay.class_path(folder)

    def test_no_answer_is_no_score(self):
        self.assertIsNone(assay.on(self.spark).score(self.trips, 'Rules = [ Mean "mass" > 1 ]').score)

    def test_what_is_no_ruleset(self):
        with self.assertRaisesRegex(assay.RulesetError, "1:11: unknown rule type 'IsCompete'"):
            assay.on(self.spark).score(self.trips, 'Rules = [ IsCompete "vin" ]')


if __name__ == "__main__":
    unittest.main()
