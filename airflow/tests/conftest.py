"""A fresh Airflow home with its database for the whole session; set before anything imports Airflow."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

DAGS = Path(__file__).resolve().parent.parent / "dags"
PROJECT = DAGS.parent.parent
HOME = tempfile.TemporaryDirectory(prefix="airflow-")

SETTINGS = {
    "application_id": "set by the test",
    "execution_role_arn": "arn:aws:iam::123456789012:role/assay-job",
    "jar": "s3://code/assay-1.0-emr.jar",
    "files": "s3://code/1.0",
    "results": "s3://results/airflow",
    "logs": "s3://results/logs",
    "warehouse": "s3://lake/warehouse",
    "spark": "--conf spark.dynamicAllocation.maxExecutors=4",
}

os.environ.update(
    {
        "AIRFLOW_HOME": HOME.name,
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{HOME.name}/airflow.db",
        "AIRFLOW_VAR_ADVENTUREWORKS_RAW": "s3://raw/adventureworks",
        "AIRFLOW_VAR_ASSAY_EMR": json.dumps(SETTINGS),
        "AIRFLOW_CONN_AWS_DEFAULT": "aws://",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "NO_PROXY": "127.0.0.1,localhost",
    }
)
os.environ.pop("ASSAY_MODE", None)
os.environ.pop("ASSAY_PROJECT", None)
sys.path.insert(0, str(DAGS))


@pytest.fixture(scope="session")
def database():
    """Airflow's own tables."""
    subprocess.run([Path(sys.executable).parent / "airflow", "db", "migrate"], check=True, capture_output=True)


@pytest.fixture
def bag():
    """All DAGs, as Airflow finds them."""
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=DAGS)
