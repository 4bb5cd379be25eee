"""Scores PySpark DataFrames with DQDL rulesets, by Assay's Java API in the session's own JVM.

    import assay

    card = assay.on(spark).with_reference("vehicles", vehicles).score(trips, "rulesets/prepared/trips.dqdl")
    card.score      # Decimal, or None if no rule was answered
    card.failed()   # the rules that failed
    card.to_df()    # every outcome as a DataFrame

Assay's jar and Deequ's must be on the driver's class path (spark.driver.extraClassPath), for example
assay.class_path(checkout); Spark brings the rest. Nothing is written anywhere.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import List, Optional

from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession

__all__ = ["class_path", "on", "Assay", "Outcome", "RulesetError", "Scorecard"]


class RulesetError(ValueError):
    """The text is no ruleset; the message says where and what to do, a line for each problem."""


_LIBRARIES = ("deequ-", "dqdl-")


@dataclass(frozen=True)
class Outcome:
    """What became of one rule."""

    ordinal: int
    rule: str
    type: str
    columns: List[str]
    verdict: str  # PASSED, FAILED or UNANSWERED
    reason: Optional[str]  # why a rule is unanswered
    observed: str
    measured: Optional[float]
    failing_rows: Optional[int]
    message: str


_OUTCOMES = (
    "ordinal int, rule string, type string, columns array<string>, verdict string, reason string,"
    " observed string, measured double, failing_rows long, message string"
)


class Scorecard:
    """What a DataFrame came to: score and coverage in percent, and one outcome per rule."""

    def __init__(self, spark: SparkSession, java_card):
        self._spark = spark
        score = java_card.score()
        self.score: Optional[Decimal] = _or_none(score.value())
        self.coverage: Decimal = score.coverage()
        self.outcomes: List[Outcome] = [_outcome(one) for one in java_card.outcomes()]

    def passed(self) -> List[Outcome]:
        return [one for one in self.outcomes if one.verdict == "PASSED"]

    def failed(self) -> List[Outcome]:
        return [one for one in self.outcomes if one.verdict == "FAILED"]

    def unanswered(self) -> List[Outcome]:
        return [one for one in self.outcomes if one.verdict == "UNANSWERED"]

    def to_df(self) -> DataFrame:
        """The outcomes as a DataFrame, a row per rule."""
        rows = [tuple(vars(one).values()) for one in self.outcomes]
        return self._spark.createDataFrame(rows, _OUTCOMES)

    def __repr__(self) -> str:
        return (
            f"score {'–' if self.score is None else self.score}, coverage {self.coverage} %"
            f" ({len(self.passed())} passed, {len(self.failed())} failed,"
            f" {len(self.unanswered())} unanswered)"
        )


class Assay:
    """Scores on a session; immutable."""

    def __init__(self, spark: SparkSession, java_assay):
        self._spark = spark
        self._java = java_assay

    def with_reference(self, alias: str, rows: DataFrame) -> "Assay":
        """With a table that rules such as ReferentialIntegrity may name by this alias."""
        return Assay(self._spark, self._java.withReference(alias, rows._jdf))

    def score(self, rows: DataFrame, ruleset: str) -> Scorecard:
        """Scores with the rules of a file (a path that ends with .dqdl), or with DQDL text."""
        try:
            return Scorecard(self._spark, self._java.score(rows._jdf, self._java_ruleset(ruleset)))
        except Py4JJavaError as e:
            if e.java_exception.getClass().getSimpleName() == "InvalidRulesetException":
                raise RulesetError(e.java_exception.getMessage()) from None
            raise

    def _java_ruleset(self, ruleset: str):
        if str(ruleset).endswith(".dqdl") and "\n" not in str(ruleset):
            empty = self._spark._sc._gateway.new_array(self._spark._jvm.java.lang.String, 0)
            return self._spark._jvm.java.nio.file.Path.of(str(ruleset), empty)
        return ruleset


def on(spark: SparkSession) -> Assay:
    """On a session."""
    found = spark._jvm.dev.assay.api.Assay
    if type(found).__name__ == "JavaPackage":
        raise RuntimeError(
            "Assay is not on the driver's class path. Start Spark with its jar"
            " and Deequ's in spark.driver.extraClassPath."
        )
    return Assay(spark, found.on(spark._jsparkSession))


def class_path(checkout: str) -> str:
    """The jars that scoring needs and Spark does not ship, as the build of a checkout left them."""
    built = Path(checkout).resolve() / "target"
    jars = [jar for jar in built.glob("assay-*.jar") if not jar.name.endswith("-emr.jar")]
    libraries = built / "assay.classpath"
    if not jars or not libraries.is_file():
        raise FileNotFoundError(f"There is no jar in {built}. './assay --version' builds it.")
    paths = libraries.read_text(encoding="utf-8").strip().split(":")
    needed = [path for path in paths if Path(path).name.startswith(_LIBRARIES)]
    return ":".join([str(max(jars, key=lambda jar: jar.stat().st_mtime)), *needed])


def _or_none(optional):
    return optional.get() if optional.isPresent() else None


def _outcome(java) -> Outcome:
    reason = _or_none(java.reason())
    return Outcome(
        ordinal=java.ordinal(),
        rule=java.rule(),
        type=java.type(),
        columns=list(java.columns()),
        verdict=java.verdict().name(),
        reason=None if reason is None else reason.name(),
        observed=java.observed(),
        measured=_or_none(java.measured()),
        failing_rows=_or_none(java.failingRows()),
        message=java.message(),
    )
