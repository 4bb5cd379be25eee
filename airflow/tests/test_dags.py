"""The DAGs are what the job files say. ASSAY_JOB_GRAPH is Assay's own reading of them, written by AirflowIT."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from conftest import DAGS, PROJECT, SETTINGS


@pytest.fixture(scope="session")
def graph():
    with open(os.environ["ASSAY_JOB_GRAPH"], encoding="utf-8") as file:
        return json.load(file)


@pytest.fixture(params=["local", "emr"])
def dags(request, monkeypatch, bag):
    from airflow.dag_processing.dagbag import DagBag

    monkeypatch.setenv("ASSAY_MODE", request.param)
    found = DagBag(dag_folder=DAGS)
    assert found.import_errors == {}
    return found.dags


def test_every_pipeline_has_a_dag(dags, graph):
    assert set(dags) == {pipeline["name"] for pipeline in graph.values()}


def test_edges_are_the_job_graph(dags, graph):
    for pipeline in graph.values():
        dag = dags[pipeline["name"]]
        writers = {job["table"]: job["name"] for job in pipeline["jobs"]}
        expected = {
            (writers[table], job["name"])
            for job in pipeline["jobs"]
            for table in job["dependencies"]
            if table in writers and table != job["table"]
        }
        readers = {writer for writer, _ in expected}
        expected |= {(job["name"], "publish") for job in pipeline["jobs"] if job["name"] not in readers}

        edges = {(task.task_id, after) for task in dag.tasks for after in task.downstream_task_ids}

        assert edges == expected
        assert set(dag.task_ids) == {job["name"] for job in pipeline["jobs"]} | {"publish"}


def test_schedule_owner_tags_and_assets_come_from_the_files(dags, graph):
    for pipeline in graph.values():
        dag = dags[pipeline["name"]]
        assert dag.schedule == pipeline["schedule"]
        assert str(dag.timezone) == pipeline["zone"]
        assert set(dag.tags) == {"assay", *pipeline["tags"]}
        assert (dag.catchup, dag.max_active_runs) == (False, 1)
        assert dag.dagrun_timeout == timedelta(hours=12)
        assert pipeline["owner"] in dag.doc_md
        for job in pipeline["jobs"]:
            task = dag.get_task(job["name"])
            assert task.owner == job["owner"]
            assert [asset.name for asset in task.outlets] == [job["table"]]
            assert {asset.name for asset in task.inlets} == set(job["dependencies"])
        assert dag.get_task("publish").is_teardown
        assert dag.get_task("publish").outlets == []


def test_the_schedule_is_in_the_zone_of_the_pipeline(dags):
    from airflow.serialization.serialized_objects import DagSerialization

    timetable = DagSerialization.from_dict(DagSerialization.to_dict(dags["demo"])).timetable
    assert timetable.summary == "0 4 * * *"
    assert str(timetable._timezone) == "Europe/Berlin"


@pytest.mark.parametrize("mode", ["local", "emr"])
def test_all_files_are_parsed_in_less_than_a_second_of_computing(mode):
    # a process that has Airflow loaded, as the one that parses has, and nothing of the provider
    script = (
        "from airflow.dag_processing.dagbag import DagBag\n"
        "import time; begun = time.process_time()\n"
        f"bag = DagBag(dag_folder={str(DAGS)!r})\n"
        "print('seconds', time.process_time() - begun, len(bag.dagbag_stats))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "ASSAY_MODE": mode},
        cwd=DAGS,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, files = ended.stdout.split("seconds ")[1].split()
    assert files == "2"
    assert float(seconds) < 1


def test_parsing_needs_neither_variables_nor_a_network(monkeypatch):
    import socket

    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk import Variable

    def refuse(*_, **__):
        raise AssertionError("called while parsing")

    monkeypatch.setattr(Variable, "get", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert DagBag(dag_folder=DAGS).import_errors == {}


@pytest.mark.parametrize(
    ("moment", "params", "expected"),
    [
        # 23:30 in UTC is the next day in Berlin
        ("2026-11-18T23:30:00+00:00", {}, "2026-11-18"),
        ("2026-11-18T03:00:00+00:00", {"data_date": None}, "2026-11-17"),
        ("2026-11-18T03:00:00+00:00", {"data_date": "2026-02-03"}, "2026-02-03"),
    ],
)
def test_the_data_date_is_the_day_before_in_the_zone(moment, params, expected):
    from assay_airflow.pipeline import DataDate

    run = SimpleNamespace(data_interval_end=datetime.fromisoformat(moment), run_after=None)
    triggered = SimpleNamespace(data_interval_end=None, run_after=datetime.fromisoformat(moment))

    assert DataDate("Europe/Berlin")(run, params) == expected
    assert DataDate("Europe/Berlin")(triggered, params) == expected


def _rendered(dag, task_id):
    task = dag.get_task(task_id)
    context = {
        "dag": dag,
        "task": task,
        "ti": SimpleNamespace(try_number=1),
        "run_id": "scheduled__2026-11-19T03:00:00+00:00",
        "dag_run": SimpleNamespace(data_interval_end=datetime(2026, 11, 19, 3, tzinfo=timezone.utc), run_after=None),
        "params": {},
        "var": {
            "json": SimpleNamespace(assay_emr=SimpleNamespace(**SETTINGS)),
            "value": SimpleNamespace(adventureworks_raw="s3://raw/adventureworks"),
        },
        "data_date": dag.user_defined_macros["data_date"],
    }
    task.render_template_fields(context)
    return task


def test_templates_render_to_a_job_run_that_emr_takes(bag):
    task = _rendered(bag.dags["demo"], "trips")

    submit = task.job_driver["sparkSubmit"]
    result = "s3://results/airflow/demo/trips/scheduled__2026-11-19T0300000000-1.json"
    assert task.result == result
    assert submit["entryPoint"] == "s3://code/assay-1.0-emr.jar"
    assert submit["entryPointArguments"] == [
        *("run", "jobs/demo/trips.yaml", "--data-date", "2026-11-18", "--profile", "aws", "--result", result)
    ]
    assert submit["sparkSubmitParameters"] == (
        "--class dev.assay.cli.Main --archives s3://code/1.0/jobs.tar.gz#jobs,s3://code/1.0/rulesets.tar.gz#rulesets"
        " --conf spark.emr-serverless.driverEnv.ASSAY_WAREHOUSE=s3://lake/warehouse"
        " --conf spark.executorEnv.ASSAY_WAREHOUSE=s3://lake/warehouse"
        " --conf spark.dynamicAllocation.maxExecutors=4"
    )
    assert task.name == "demo-trips"
    assert task.config["tags"] == {"assay:pipeline": "demo", "assay:job": "trips"}
    assert task.deferrable
    assert task.waiter_max_attempts * task.waiter_delay > task.config["executionTimeoutMinutes"] * 60
    assert "{{" not in json.dumps([getattr(task, field, None) for field in task.template_fields], default=str)


def test_variables_of_job_files_are_arguments(bag):
    task = _rendered(bag.dags["adventureworks"], "shift")
    assert task.job_driver["sparkSubmit"]["entryPointArguments"][4:6] == ["--var", "raw=s3://raw/adventureworks"]


def test_a_local_task_calls_the_launcher(monkeypatch):
    from airflow.dag_processing.dagbag import DagBag

    monkeypatch.setenv("ASSAY_MODE", "local")
    task = _rendered(DagBag(dag_folder=DAGS).dags["demo"], "trips")
    assert task.arguments == ["run", "jobs/demo/trips.yaml", "--data-date", "2026-11-18"]
    assert task.project == str(PROJECT)


def test_what_no_run_touches_has_no_task_and_variables_name_tables(tmp_path):
    from assay_airflow.job_files import read_pipeline

    folder = tmp_path / "jobs/shop"
    folder.mkdir(parents=True)
    (folder / "pipeline.yaml").write_text("name: shop\nowner: a@b.example\nvariables: {layer: prepared}\n")
    (folder / "model.yml").write_text("kind: train\nname: model\nbroken: [\n")
    (folder / "orders.yaml").write_text(
        "kind: prepare\nname: orders\ninputs:\n  o: {files: '${raw}/o.csv', format: csv}\n"
        "output: {table: prepared.orders, mode: replace, owner: c@d.example}\nruleset: none\n"
    )
    (folder / "sums.yml").write_text(
        "kind: build\nname: sums\ninputs: {o: '${layer}.orders', x: {table: other.x}}\nsql: SELECT 1\n"
        "references: {self: semantic.sums}\noutput: {table: semantic.sums, mode: replace}\nruleset: none\n"
    )

    pipeline = read_pipeline(tmp_path, "shop")

    assert [(job.name, job.owner) for job in pipeline.jobs] == [("orders", "c@d.example"), ("sums", "a@b.example")]
    assert pipeline.jobs[1].reads == ("prepared.orders", "other.x", "semantic.sums")
    assert pipeline.edges() == {("orders", "sums")}
    assert pipeline.schedule is None


def test_a_table_has_one_job(tmp_path):
    from assay_airflow.job_files import read_pipeline

    folder = tmp_path / "jobs/shop"
    folder.mkdir(parents=True)
    (folder / "pipeline.yaml").write_text("name: shop\nowner: a@b.example\n")
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(
            f"kind: build\nname: {name}\ninputs: {{}}\noutput: {{table: semantic.t, mode: replace}}\n"
        )
    with pytest.raises(ValueError, match="several jobs write semantic.t"):
        read_pipeline(tmp_path, "shop")


def test_a_team_adds_a_callback_of_its_own(monkeypatch):
    from assay_airflow.ending import tell_owner
    from assay_airflow.pipeline import pipeline_dag

    def page(context):
        pass

    monkeypatch.setenv("ASSAY_MODE", "local")
    dag = pipeline_dag("demo", on_failure=(page,), job_timeout=timedelta(minutes=5))
    for task in dag.tasks:
        assert list(task.on_failure_callback) == [tell_owner, page]
        assert task.retries == 3
        assert task.execution_timeout == timedelta(minutes=5)


def test_an_unknown_mode_is_refused(monkeypatch):
    from assay_airflow.runners import runner

    monkeypatch.setenv("ASSAY_MODE", "laptop")
    with pytest.raises(ValueError, match="Expected local or emr"):
        runner()
