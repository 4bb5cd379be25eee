"""The DAG on a laptop: ./assay itself, on the demo's last date, with its held table."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DAGS, PROJECT

DATE = "2026-11-18"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The demo, its first date run, the raw data of the others waiting."""
    home = tmp_path_factory.mktemp("assay")
    os.environ["ASSAY_HOME"] = str(home)
    os.environ["ASSAY_MODE"] = "local"
    # a dozen short-lived JVMs: compiling less is quicker
    os.environ["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    assay("demo", "--leave", "2")
    yield home
    del os.environ["ASSAY_MODE"], os.environ["ASSAY_HOME"], os.environ["JDK_JAVA_OPTIONS"]


def assay(*arguments, code=0):
    ended = subprocess.run(
        [PROJECT / "assay", *arguments], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout


def test_the_demo_runs_to_its_end_and_an_approved_table_is_taken_over(database, home):
    airflow = Path(sys.executable).parent / "airflow"
    ended = subprocess.run(
        [airflow, "dags", "test", "demo", "-c", f'{{"data_date": "{DATE}"}}', "-f", DAGS / "demo.py"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    output = ended.stdout + ended.stderr

    states, updated = last_run()
    jobs = set(states) - {"publish"}
    assert len(jobs) == 9, output
    assert {job for job in jobs if states[job] != "success"} == {"odometer_statement"}, output
    assert states["odometer_statement"] == "failed"
    # everything was delivered to files, but a held task cannot say so
    assert states["publish"] == "success"
    assert len(updated) == 8
    assert "semantic.odometer_statement" not in updated
    approve = re.search(r"assay approve ([0-9a-f]{8}) --reason", output)
    assert approve, output
    assert f"semantic.odometer_statement: held ({DATE}). Owner: vehicle-data@example.com" in output
    held = assay("held")
    assert approve.group(1) in held
    assert held.count("look:") == 1

    # what the message tells the owner to do
    assay("approve", approve.group(1), "--reason", "the dealer replaced the clock")
    assert run_again("odometer_statement")["exit_kind"] == "OK"


def last_run():
    """States by task, and the tables whose assets were updated, of the newest run."""
    from airflow.models.asset import AssetEvent
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session

    with create_session() as session:
        run = session.query(DagRun).filter_by(dag_id="demo").order_by(DagRun.id.desc()).first()
        events = session.query(AssetEvent).filter_by(source_run_id=run.run_id).all()
        return {ti.task_id: str(ti.state) for ti in run.get_task_instances(session=session)}, {
            event.asset.name for event in events
        }


class Context(dict):
    def __init__(self, task):
        super().__init__(task=task, ti=self)

    def xcom_push(self, key, value):
        self[key] = value


def run_again(job):
    from airflow.dag_processing.dagbag import DagBag

    task = DagBag(dag_folder=DAGS).dags["demo"].get_task(job)
    task.arguments = ["run", f"jobs/demo/{job}.yaml", "--data-date", DATE]
    return task.execute(Context(task))


@pytest.mark.parametrize(
    ("code", "final"), [(2, True), (3, True), (4, True), (1, False), (5, False), (7, False), (137, False)]
)
def test_without_a_result_the_exit_code_decides(tmp_path, code, final):
    from assay_airflow.ending import AirflowException, AirflowFailException

    with pytest.raises(AirflowException) as raised:
        launcher(tmp_path, f"exit {code}", True)
    assert isinstance(raised.value, AirflowFailException) == final


def test_deliveries_that_wait_end_a_job_well_and_have_publish_retried(tmp_path):
    from assay_airflow.ending import AirflowException, AirflowFailException

    assert launcher(tmp_path, "exit 6", True)["exit_kind"] == "DELIVERIES_WAITING"
    with pytest.raises(AirflowException) as raised:
        launcher(tmp_path, "exit 6", False)
    assert not isinstance(raised.value, AirflowFailException)
    assert launcher(tmp_path, "exit 0", False)["exit_kind"] == "OK"


def launcher(folder, script, writes_result):
    """A launcher that ends as it is told."""
    from assay_airflow.local import AssayLocalOperator

    file = folder / "assay"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    task = AssayLocalOperator(
        task_id="t", arguments=["run"], project=str(folder), writes_result=writes_result, owner="somebody"
    )
    return task.execute(Context(task))
