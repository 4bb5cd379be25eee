"""Tests of notebooks/ledger.py and pictures.py, on the ledger that NotebooksIT writes.

Where it is stands in ASSAY_WAREHOUSE (a folder, or "glue") and ASSAY_ENDPOINT.
"""

import os
import sys
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[3] / "notebooks"))

import matplotlib  # noqa: E402

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import pandas as pd  # noqa: E402

import ledger  # noqa: E402
import pictures  # noqa: E402

WAREHOUSE = os.environ["ASSAY_WAREHOUSE"]
ENDPOINT = os.environ.get("ASSAY_ENDPOINT")
TRIPS = "prepared.trips"


class LedgerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = ledger.open(WAREHOUSE, ENDPOINT, "us-east-1" if ENDPOINT else None)

    def tearDown(self):
        plt.close("all")

    def test_a_run_is_in_its_newest_state(self):
        runs = self.book.runs(TRIPS)

        self.assertEqual(["PUBLISHED", "PUBLISHED", "HELD", "PUBLISHED"], list(runs["state"]))
        self.assertEqual([False, False, True, False], list(runs["held"]))
        self.assertEqual([10.0] * 4, list(runs["seconds"]))

    def test_a_score_that_is_missing_is_nan_and_never_zero(self):
        runs = self.book.runs(TRIPS)

        self.assertEqual([100.0, 40.0], list(runs["score"].iloc[[0, 2]]))
        self.assertTrue(pd.isna(runs["score"].iloc[1]))
        self.assertEqual(0.0, runs["coverage"].iloc[1])

    def test_a_day_is_its_newest_run_of_the_whole_table(self):
        daily = self.book.daily(TRIPS)

        # the last run scored its batch only
        self.assertEqual(
            ["2026-11-16", "2026-11-17", "2026-11-18"], list(daily["data_date"].dt.strftime("%Y-%m-%d"))
        )
        self.assertEqual("HELD", daily["state"].iloc[-1])

    def test_large_ids_keep_their_digits_beside_missing_ones(self):
        runs = self.book.runs(TRIPS)

        self.assertEqual(2**63 - 1, runs["snapshot_id"].iloc[0])
        self.assertTrue(pd.isna(runs["parent_snapshot_id"].iloc[0]))
        self.assertEqual(2**63 - 1, runs["parent_snapshot_id"].iloc[1])

    def test_points_lost_add_up_to_what_the_score_lacks(self):
        held = self.book.runs(TRIPS).iloc[2]
        outcomes = self.book.outcomes(held["run_id"])

        self.assertEqual([2.0, 3.0, 1.0, 0.0], list(outcomes["weight"]))
        self.assertEqual([0.0, 60.0, 0.0, 0.0], list(outcomes["lost"]))
        self.assertAlmostEqual(100 - held["score"], outcomes["lost"].sum())
        self.assertEqual({"month=2026-11": 3}, outcomes["failing_by_partition"].iloc[1])

    def test_a_run_without_any_answer_lost_nothing(self):
        nothing = self.book.runs(TRIPS).iloc[1]

        self.assertEqual([0.0], list(self.book.outcomes(nothing["run_id"])["lost"]))

    def test_reasons_are_the_same_wherever_a_record_breaks_off(self):
        counts = self.book.quarantine()

        self.assertEqual({"is not JSON", "km is no int"}, set(counts["reason"]))

    def test_costs_are_numbers(self):
        costs = self.book.costs()

        self.assertEqual([1.25, 0.5], list(costs["amount"]))
        self.assertEqual({"units": 7}, costs["quantities"].iloc[0])

    def test_tables_nobody_wrote_to_are_empty(self):
        runs_only = ledger.Ledger(lambda name: self.book._load(name) if name == "assay.runs" else None)

        for empty in (
            runs_only.outcomes(),
            runs_only.metrics(TRIPS),
            runs_only.quarantine(),
            runs_only.costs(),
        ):
            self.assertTrue(empty.empty)
            self.assertIn("run_id", empty.columns)
        self.assertEqual(["key"], list(self.book.read("assay.deliveries", ["key"]).columns))

    def test_nothing_is_drawn_of_nothing(self):
        pictures.bars(pd.Series(dtype=float), "Nothing")
        pictures.over_time(pd.DataFrame(), "Nothing", "rows")
        pictures.dots(pd.DataFrame(columns=["category", "value", "kind"]), "Nothing", "", {})

        self.assertEqual([], plt.get_fignums())

    def test_a_table_without_runs_names_those_that_have_some(self):
        with self.assertRaisesRegex(
            LookupError, "no run of prepared.trps.*Tables with runs: prepared.trips"
        ):
            self.book.runs("prepared.trps")

    def test_a_table_without_verdicts_says_what_writes_some(self):
        with self.assertRaisesRegex(LookupError, "no verdicts in semantic.none. A job of kind classify"):
            self.book.verdicts("semantic.none")

    @unittest.skipIf(ENDPOINT, "a catalog has no hint")
    def test_the_newest_version_counts_not_the_hint(self):
        hint = Path(WAREHOUSE, "assay", "runs", "metadata", "version-hint.text")
        version = hint.read_text(encoding="utf-8")
        hint.write_text(str(int(version) - 1), encoding="utf-8")
        try:
            self.assertEqual(5, len(self.book.runs()))
        finally:
            hint.write_text(version, encoding="utf-8")

    def test_a_warehouse_that_is_not_there(self):
        with self.assertRaisesRegex(FileNotFoundError, "There is no warehouse .*nowhere"):
            ledger.open("nowhere")

    def test_the_history_has_a_gap_and_marks_what_is_held(self):
        with mock.patch.object(plt, "show"):
            pictures.history(self.book.daily(TRIPS), TRIPS)

        upper = plt.gcf().axes[0]
        line, held = upper.lines
        self.assertEqual([False, True, False], list(pd.isna(line.get_ydata())))
        self.assertEqual([40.0], list(held.get_ydata()))
        self.assertLessEqual({"100", "no score", "40, held"}, {text.get_text() for text in upper.texts})

    def test_the_field_leaves_out_what_did_not_run(self):
        with mock.patch.object(plt, "show"):
            pictures.scores(self.book.daily())

        # semantic.usage ran on one of the three dates
        texts = [text.get_text() for text in plt.gcf().axes[0].texts]
        self.assertEqual(["100", "100", "40\nheld", "no\nscore"], sorted(texts))

    def test_a_score_is_never_rounded_up(self):
        self.assertEqual("99.99", pictures.cut(99.999999))
        self.assertEqual("100", pictures.cut(100.0))
        self.assertEqual("88.88", pictures.cut(88.888889))
        self.assertEqual("no score", pictures.cut(float("nan")))


if __name__ == "__main__":
    unittest.main()
