"""What the ending of a run means for its task: the one place that maps result.json to Airflow."""

from __future__ import annotations

import logging

try:
    from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
except ImportError:  # where the first versions of Airflow 3 have them
    from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException

log = logging.getLogger(__name__)

KINDS = {
    0: "OK",
    1: "OUR_FAULT",
    2: "USAGE",
    3: "HELD",
    4: "WRONG_FILES",
    5: "OUTSIDE_UNAVAILABLE",
    6: "DELIVERIES_WAITING",
    7: "INPUT_MISSING",
}
# another try would end the same way: a person has to decide or to mend something
_FINAL = {"HELD", "WRONG_FILES", "USAGE"}
_KEY = "exit_kind"


def conclude(result: dict, context, deliveries_may_wait: bool = True) -> dict:
    """
    Ends a task as a run ended.

    :param result: what result.json holds
    :param deliveries_may_wait: whether the work is done although announcements could not be delivered yet
    :return: kind, score and run, for XCom
    :raises AirflowFailException: held or wrong files; no retry
    :raises AirflowSkipException: the job had nothing to read and says that this is no fault
    :raises AirflowException: anything else; retried
    """
    kind = result["exit_kind"]
    context["ti"].xcom_push(key=_KEY, value=kind)
    table = (result.get("tables") or [{}])[0]
    if kind in _FINAL:
        raise AirflowFailException(_text(kind, result, table, context["task"].owner))
    if kind != "OK" and not (kind == "DELIVERIES_WAITING" and deliveries_may_wait):
        raise AirflowException(_text(kind, result, table, context["task"].owner))
    if table.get("ending") == "SKIPPED":
        raise AirflowSkipException(f"{table['table']}: skipped. {table.get('message', '')}")
    return {key: value for key, value in {"exit_kind": kind, **table}.items() if key != "exit_code"}


def skip_unless_waiting(context) -> None:
    """Skips the task unless a job of this DAG run left something to tell; a held job may have."""
    jobs = [task for task in context["dag"].task_ids if task != context["task"].task_id]
    kinds = context["ti"].xcom_pull(task_ids=jobs, key=_KEY) or []
    if all(kind in (None, "OK") for kind in kinds):
        raise AirflowSkipException("Every announcement of this run was delivered.")


def tell_owner(context) -> None:
    """The callback of a task that failed for good. Add one that reaches people; see docs/airflow.md."""
    log.error("To %s: %s", context["task"].owner, context.get("exception"))


def _text(kind: str, result: dict, table: dict, owner: str) -> str:
    name = table.get("table") or result.get("pipeline") or "the run"
    lines = [f"{name}: {kind.lower().replace('_', ' ')} ({result.get('data_date', 'no data date')}). Owner: {owner}"]
    lines += [f"  {reason}" for reason in table.get("gate_reasons", [])]
    lines += [f"  {text}" for text in (table.get("message"), result.get("message")) if text]
    if kind == "HELD" and "run_id" in table:
        run = table["run_id"][:8]
        lines += [
            f"  look:    assay report {run}",
            f'  approve: assay approve {run} --reason "…"',
            f"  discard: assay discard {run}",
            "  then clear this task: an approved run is published, a discarded one is made anew.",
        ]
    elif kind in _FINAL:
        lines.append("  No retry would mend this. 'assay validate' checks the files; then clear this task.")
    return "\n".join(lines)
