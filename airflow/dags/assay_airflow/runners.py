"""Where tasks run. ASSAY_MODE chooses: emr (the default) or local."""

from __future__ import annotations

import os
from datetime import timedelta

from assay_airflow.job_files import project_folder

# a new place for each try, so that no try reads the result of another; without what Hadoop's paths dislike
_RESULT = (
    "{{ var.json.assay_emr.results }}/{{ dag.dag_id }}/{{ task.task_id }}/"
    "{{ run_id | replace(':', '') | replace('+', '') }}-{{ ti.try_number }}.json"
)
_SPARK = " ".join(
    (
        "--archives {{ var.json.assay_emr.files }}/jobs.tar.gz#jobs,{{ var.json.assay_emr.files }}/rulesets.tar.gz#rulesets",
        "--conf spark.emr-serverless.driverEnv.ASSAY_WAREHOUSE={{ var.json.assay_emr.warehouse }}",
        "--conf spark.executorEnv.ASSAY_WAREHOUSE={{ var.json.assay_emr.warehouse }}",
        "{{ var.json.assay_emr.spark }}",
    )
)


class Local:
    """./assay on this machine, two at a time: each is a JVM with a Spark of its own."""

    dag_settings = {"max_active_tasks": 2}

    def task(self, task_id: str, arguments: list[str], timeout: timedelta, writes_result: bool = True, **kwargs):
        from assay_airflow.local import AssayLocalOperator

        return AssayLocalOperator(
            task_id=task_id,
            arguments=arguments,
            project=str(project_folder()),
            writes_result=writes_result,
            execution_timeout=timeout,
            **kwargs,
        )


class Emr:
    """EMR Serverless, as the Airflow Variable assay_emr says; it is read when a task runs, not when files are parsed."""

    dag_settings: dict = {}

    def task(self, task_id: str, arguments: list[str], timeout: timedelta, writes_result: bool = True, **kwargs):
        # imported here, so that a laptop needs no Amazon provider
        from assay_airflow.emr import AssayEmrServerlessOperator

        logs = {"s3MonitoringConfiguration": {"logUri": "{{ var.json.assay_emr.logs }}"}}
        return AssayEmrServerlessOperator(
            task_id=task_id,
            name="{{ dag.dag_id }}-{{ task.task_id }}",
            application_id="{{ var.json.assay_emr.application_id }}",
            execution_role_arn="{{ var.json.assay_emr.execution_role_arn }}",
            jar="{{ var.json.assay_emr.jar }}",
            arguments=[*arguments, "--profile", "aws"],
            spark=_SPARK,
            result=_RESULT if writes_result else None,
            timeout=timeout,
            config={"tags": {"assay:pipeline": "{{ dag.dag_id }}", "assay:job": task_id}},
            configuration_overrides={"monitoringConfiguration": logs},
            **kwargs,
        )


def runner() -> Local | Emr:
    mode = os.environ.get("ASSAY_MODE", "emr")
    if mode not in ("local", "emr"):
        raise ValueError(f"ASSAY_MODE is '{mode}'. Expected local or emr.")
    return Local() if mode == "local" else Emr()
