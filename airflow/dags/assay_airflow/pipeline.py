"""A DAG from a pipeline folder."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pendulum
from airflow.sdk import DAG, Asset, Param

from assay_airflow.ending import skip_unless_waiting, tell_owner
from assay_airflow.job_files import project_folder, read_pipeline
from assay_airflow.runners import runner


def table_asset(table: str) -> Asset:
    """What a table is to Airflow; other DAGs say schedule=[table_asset("semantic.fleet_usage_daily")]."""
    return Asset(name=table, uri="x-assay://" + table.replace(".", "/"))


def pipeline_dag(
    folder: str,
    *,
    variables: dict[str, str] | None = None,
    on_failure: tuple = (),
    job_timeout: timedelta = timedelta(hours=2),
    dagrun_timeout: timedelta = timedelta(hours=12),
) -> DAG:
    """
    The DAG of jobs/<folder>: a task per job, each after those that write what it reads.

    :param variables: values for ${name} in the job files; may be templates
    :param on_failure: callbacks beside the one that logs for the owner what to do, such as a notifier
    """
    pipeline = read_pipeline(project_folder(), folder)
    runs = runner()
    dated = ["--data-date", "{{ data_date(dag_run, params) }}"]
    given = [word for name, value in (variables or {}).items() for word in ("--var", f"{name}={value}")]
    with DAG(
        dag_id=pipeline.name,
        description=pipeline.description,
        doc_md=_doc(folder, pipeline),
        schedule=pipeline.schedule,
        start_date=pendulum.datetime(2026, 1, 1, tz=pipeline.zone),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=dagrun_timeout,
        tags=["assay", *pipeline.tags],
        params={
            "data_date": Param(
                None,
                type=["null", "string"],
                format="date",
                description="The data date to run for; without one the day before the run, in the pipeline's zone.",
            )
        },
        user_defined_macros={"data_date": DataDate(pipeline.zone)},
        default_args={
            "owner": pipeline.owner,
            "retries": 3,
            "retry_delay": timedelta(minutes=5),
            "retry_exponential_backoff": True,
            "max_retry_delay": timedelta(hours=1),
            "on_failure_callback": [tell_owner, *on_failure],
        },
        **runs.dag_settings,
    ) as dag:
        tasks = {
            job.name: runs.task(
                job.name,
                ["run", job.file, *dated, *given],
                job_timeout,
                owner=job.owner,
                doc_md=job.description,
                inlets=[table_asset(table) for table in job.reads],
                outlets=[table_asset(job.table)],
                # a job without input is skipped and stops nobody; a held one does
                trigger_rule="none_failed",
            )
            for job in pipeline.jobs
        }
        for writer, reader in sorted(pipeline.edges()):
            tasks[writer] >> tasks[reader]
        # a teardown runs whatever became of the jobs, and the state of the DAG run remains theirs
        publish = runs.task(
            "publish", ["publish"], job_timeout, writes_result=False, pre_execute=skip_unless_waiting
        ).as_teardown()
        [task for task in tasks.values() if not task.downstream_list] >> publish
    return dag


class DataDate:
    """The data date of a DAG run: what is asked for, or the day before it in the pipeline's zone."""

    def __init__(self, zone: str):
        self._zone = ZoneInfo(zone)

    def __call__(self, dag_run, params) -> str:
        if params.get("data_date"):
            return params["data_date"]
        moment = dag_run.data_interval_end or dag_run.run_after
        return str(moment.astimezone(self._zone).date() - timedelta(days=1))


def _doc(folder: str, pipeline) -> str:
    jobs = "\n".join(f"| {job.name} | `{job.table}` | {job.owner} | {job.description} |" for job in pipeline.jobs)
    return (
        f"{pipeline.description}\n\nFrom `jobs/{folder}`; owner: {pipeline.owner}. A task that fails at once is held or"
        " has wrong files: its log says what to do.\n\n| job | table | owner | |\n| --- | --- | --- | --- |\n" + jobs
    )
