"""Reads Assay's ledger into pandas, by pyiceberg.

    import ledger

    book = ledger.open("../.assay/warehouse")             # the local warehouse, also of `assay demo`
    book = ledger.open("glue", region="eu-central-1")     # the Glue catalog of this account

    book.runs()                       # a row per run, in its newest state
    book.outcomes(run_id)             # a row per rule
    book.read("assay.deliveries")     # any table, as it is

Nothing is written. Tables that nobody has written to yet are empty DataFrames.
"""

from pathlib import Path
from typing import List, Optional, Sequence

import pandas as pd
import pyarrow as pa
from pyiceberg.catalog import load_catalog
from pyiceberg.exceptions import NoSuchTableError
from pyiceberg.expressions import AlwaysTrue, BooleanExpression, EqualTo
from pyiceberg.table import StaticTable, Table

__all__ = ["open", "Ledger"]

OUTCOME_COLUMNS = (
    "run_id table_name ordinal rule type columns labels verdict reason observed measured message failing_rows"
    " at evidence rows_scanned bytes_scanned millis failing_by_partition"
).split()

# what may be shown of a table of verdicts; texts, words, keys and addresses are never read
VERDICT_COLUMNS = ["content_hash", "decision", "restricted_by", "reasons", "categories", "language"]


def open(warehouse: str, endpoint: Optional[str] = None, region: Optional[str] = None) -> "Ledger":
    """The ledger of a warehouse.

    warehouse -- a folder, or "glue"
    endpoint  -- of Glue and S3, where they are not Amazon's own
    """
    if warehouse == "glue":
        return Ledger(_glue(endpoint, region))
    folder = Path(warehouse).expanduser().resolve()
    if not folder.is_dir():
        raise FileNotFoundError(
            f"There is no warehouse {folder}. './assay demo' makes one in .assay/warehouse;"
            " otherwise give the folder that the profile names."
        )
    return Ledger(lambda name: _local(folder, name))


class Ledger:
    """A ledger; what it returns is new for every call."""

    def __init__(self, load):
        self._load = load

    def read(
        self,
        name: str,
        columns: Sequence[str] = ("*",),
        where: BooleanExpression = AlwaysTrue(),
    ) -> pd.DataFrame:
        """A table such as assay.runs, or of the lake. Whole numbers stay whole where some are missing."""
        table = self._load(name)
        if table is None:
            return pd.DataFrame(columns=[column for column in columns if column != "*"])
        rows = table.scan(row_filter=where, selected_fields=tuple(columns)).to_arrow()
        return rows.to_pandas(
            types_mapper={pa.int64(): pd.Int64Dtype(), pa.int32(): pd.Int32Dtype()}.get,
            maps_as_pydicts="strict",
        )

    def tables(self) -> List[str]:
        """The tables that have runs."""
        return sorted(self.read("assay.runs", ["table_name"])["table_name"].unique())

    def runs(self, table: Optional[str] = None) -> pd.DataFrame:
        """A row per run in its newest state, oldest first.

        score and coverage are percentages; score is NaN where no rule had an answer. seconds is how
        long it took from its start to its first score.
        """
        where = AlwaysTrue() if table is None else EqualTo("table_name", table)
        states = self.read("assay.runs", where=where)
        if states.empty:
            raise LookupError(
                f"The ledger has no run{'' if table is None else f' of {table}'}."
                f" Tables with runs: {', '.join(self.tables()) or 'none'}."
            )
        states = states.sort_values("at")
        runs = states.groupby("run_id").tail(1).set_index("run_id")
        scored = states.groupby("run_id")["at"].first()
        runs["seconds"] = (scored - runs["started_at"]).dt.total_seconds()
        runs["score"] = runs["score"].astype(float)
        runs["coverage"] = runs["coverage"].astype(float)
        runs["data_date"] = pd.to_datetime(runs["data_date"])
        runs["held"] = runs["state"].eq("HELD")
        return runs.reset_index().sort_values("started_at", ignore_index=True)

    def daily(self, table: Optional[str] = None) -> pd.DataFrame:
        """Of each table and data date the newest run that scored the whole table, by date."""
        runs = self.runs(table)
        whole = runs[runs["scope"].fillna("TABLE").eq("TABLE")]
        newest = whole.groupby(["table_name", "data_date"]).tail(1)
        return newest.sort_values(["data_date", "table_name"], ignore_index=True)

    def outcomes(self, run_id: Optional[str] = None) -> pd.DataFrame:
        """A row per rule of a run, or of all runs.

        weight is what the rule counts for, and lost the points of 100 that it cost its run; rules
        that only watch (label shadow) cost none.
        """
        where = AlwaysTrue() if run_id is None else EqualTo("run_id", run_id)
        outcomes = self.read("assay.outcomes", OUTCOME_COLUMNS, where)
        labels = outcomes["labels"]
        weight = labels.map(lambda label: float(label.get("weight", 1))).astype(float)
        watches = labels.map(lambda label: str(label.get("shadow")).lower() == "true").astype(bool)
        outcomes["weight"] = weight.where(~watches, 0.0)
        answered = outcomes["weight"].where(outcomes["verdict"].ne("UNANSWERED"), 0.0)
        whole = answered.groupby(outcomes["run_id"]).transform("sum")
        outcomes["lost"] = (100 * outcomes["weight"] / whole).where(outcomes["verdict"].eq("FAILED"), 0.0)
        return outcomes.sort_values(["at", "ordinal"], ignore_index=True)

    def metrics(self, table: str) -> pd.DataFrame:
        """What the runs of a table measured."""
        columns = ["run_id", "name", "columns", "detail", "value", "metric_id", "at"]
        found = self.read("assay.metrics", columns, EqualTo("table_name", table))
        return found.sort_values("at", ignore_index=True)

    def quarantine(self) -> pd.DataFrame:
        """How many rows were set aside for which reason, with the data date of the run."""
        columns = ["run_id", "table_name", "kind", "column", "detail", "row_count"]
        counts = self.read("assay.quarantine_counts", columns)
        dates = self.daily()[["run_id", "data_date"]]
        counts = counts.merge(dates, on="run_id")
        about = counts["column"].map(lambda column: f"{column} " if column else "")
        # where in a record its text breaks off is another place each time
        counts["reason"] = about + counts["detail"].str.replace(r" at character \d+$", "", regex=True)
        return counts.sort_values(["data_date", "table_name", "reason"], ignore_index=True)

    def costs(self) -> pd.DataFrame:
        """What runs have spent on paid services, by the prices of their profiles."""
        columns = "run_id at pipeline domain job table_name purpose service quantities amount currency"
        costs = self.read("assay.costs", columns.split())
        costs["amount"] = costs["amount"].astype(float)
        return costs.sort_values("at", ignore_index=True)

    def verdicts(self, table: str) -> pd.DataFrame:
        """A row per text of a table of verdicts, and how many messages have it. Never a text."""
        found = self.read(table, VERDICT_COLUMNS)
        if found.empty:
            raise LookupError(
                f"There are no verdicts in {table}. A job of kind classify writes such a table."
            )
        texts = found.groupby("content_hash")
        return texts.first().assign(messages=texts.size()).reset_index()


def _local(folder: Path, name: str) -> Optional[Table]:
    """A table of a Hadoop catalog: its newest metadata, from the version that the hint names on."""
    metadata = folder.joinpath(*name.split(".")) / "metadata"
    hint = metadata / "version-hint.text"
    if not hint.is_file():
        return None
    version = int(hint.read_text(encoding="utf-8"))
    # the hint is written after the version it names, so there may be a newer one already
    while (metadata / f"v{version + 1}.metadata.json").is_file():
        version += 1
    return StaticTable.from_metadata(str(metadata / f"v{version}.metadata.json"))


def _glue(endpoint: Optional[str], region: Optional[str]):
    properties = {"type": "glue"}
    if endpoint is not None:
        properties.update({"glue.endpoint": endpoint, "s3.endpoint": endpoint})
    if region is not None:
        properties.update({"glue.region": region, "s3.region": region})
    catalog = load_catalog("assay", **properties)

    def load(name: str) -> Optional[Table]:
        try:
            return catalog.load_table(name)
        except NoSuchTableError:
            return None

    return load
