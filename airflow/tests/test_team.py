"""The DAG of a team's own repository, run as its README says. ASSAY_TEAM is such a folder, made by AirflowIT."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DAGS, PROJECT


@pytest.fixture
def team(monkeypatch):
    folder = Path(os.environ["ASSAY_TEAM"])
    monkeypatch.setenv("ASSAY_MODE", "local")
    monkeypatch.setenv("ASSAY_PROJECT", str(folder))
    monkeypatch.setenv("ASSAY_PRODUCT", str(PROJECT))
    monkeypatch.setenv("PYTHONPATH", str(DAGS))
    monkeypatch.setenv("AIRFLOW__CORE__DAGS_FOLDER", str(folder / "airflow/dags"))
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    return folder


def test_the_dag_runs_on_this_machine(database, team):
    readme = (team / "README.md").read_text(encoding="utf-8")
    command = re.search(r"bin/airflow (dags test orders .*)", readme).group(1)
    airflow = Path(sys.executable).parent / "airflow"

    ended = subprocess.run(
        f"'{airflow}' {command}", shell=True, cwd=team, capture_output=True, text=True, encoding="utf-8", check=False
    )

    output = ended.stdout + ended.stderr
    assert ended.returncode == 0, output
    assert "state=success" in output, output
    revenue = subprocess.run(
        [team / "assay", "query", "SELECT count(*) FROM semantic.orders_by_day", "--format", "csv"],
        cwd=team,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert int(revenue.stdout.split()[-1]) > 0
