"""The DAG on EMR Serverless: real operators and triggers against moto, with result files of every kind."""

import json
import os
from datetime import datetime, timedelta, timezone

import pytest
from conftest import DAGS, SETTINGS

KINDS = {
    "OK": 0,
    "OUR_FAULT": 1,
    "USAGE": 2,
    "HELD": 3,
    "WRONG_FILES": 4,
    "OUTSIDE_UNAVAILABLE": 5,
    "DELIVERIES_WAITING": 6,
    "INPUT_MISSING": 7,
}


@pytest.fixture(scope="module")
def aws():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    os.environ["AWS_ENDPOINT_URL"] = f"http://{host}:{port}"
    yield
    del os.environ["AWS_ENDPOINT_URL"]
    server.stop()


@pytest.fixture
def emr(aws):
    import boto3

    # moto knows no labels such as emr-spark-8.1.0
    client = boto3.client("emr-serverless")
    application = client.create_application(name="assay", releaseLabel="emr-7.13.0", type="SPARK")["applicationId"]
    os.environ["AIRFLOW_VAR_ASSAY_EMR"] = json.dumps(SETTINGS | {"application_id": application})
    s3 = boto3.client("s3")
    if "results" not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket="results", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    return Emr(client, s3, application)


class Emr:
    def __init__(self, client, s3, application):
        self.client, self.s3, self.application = client, s3, application

    def result(self, of_run, job, kind, attempt=1, **table):
        """Places what a job run would write."""
        content = {
            "pipeline": "demo",
            "data_date": "2026-11-18",
            "exit_code": KINDS[kind],
            "exit_kind": kind,
            "tables": [{"job": job, "table": f"prepared.{job}", "ending": "PUBLISHED", "exit_code": 0, **table}],
        }
        self.s3.put_object(Bucket="results", Key=f"airflow/demo/{job}/{of_run}-{attempt}.json", Body=json.dumps(content))

    def job_runs(self):
        runs = self.client.list_job_runs(applicationId=self.application)["jobRuns"]
        return [
            self.client.get_job_run(applicationId=self.application, jobRunId=run["id"])["jobRun"] for run in runs
        ]


def demo_dag(callback, notifier):
    """The DAG as it is, with one retry, and without a pause between tries and polls."""
    from airflow.dag_processing.dagbag import DagBag

    dag = DagBag(dag_folder=DAGS).dags["demo"]
    for task in dag.tasks:
        task.retries = 1
        task.retry_delay = timedelta(seconds=0)
        task.retry_exponential_backoff = False
        task.waiter_delay = 0
        task.on_failure_callback = [*task.on_failure_callback, callback]
        # each task renders its own, as each has a process of its own where Airflow is not tested
        task.on_failure_callback += [notifier()] if notifier else []
    return dag


class Ran:
    """One DAG run: placing results, running it to its end, and what became of it."""

    def __init__(self, emr, hour, notifier=None):
        self.emr = emr
        self.notifier = notifier
        self.when = datetime(2026, 11, 19, hour, tzinfo=timezone.utc)
        self.run_id = f"manual__{self.when.isoformat()}".replace(":", "").replace("+", "")
        self.told = {}

    def place(self, job, kind, attempt=1, **table):
        self.emr.result(self.run_id, job, kind, attempt, **table)

    def test(self):
        from airflow.models.asset import AssetEvent
        from airflow.utils.session import create_session

        def remember(context):
            self.told[context["task"].task_id] = str(context["exception"])

        dag = demo_dag(remember, self.notifier)
        ended = dag.test(run_after=self.when, logical_date=self.when)
        tis = ended.get_task_instances()
        self.state = str(ended.state)
        self.states = {ti.task_id: str(ti.state) for ti in tis}
        self.tries = {ti.task_id: ti.try_number for ti in tis}
        with create_session() as session:
            events = session.query(AssetEvent).filter_by(source_run_id=ended.run_id).all()
            self.updated = {event.asset.name for event in events}
        return self


class Queue:
    """Behind a topic, for what the notifier of docs/airflow.md says."""

    def __init__(self):
        import boto3

        self.sqs, self.sns = boto3.client("sqs"), boto3.client("sns")
        self.url = self.sqs.create_queue(QueueName="owners")["QueueUrl"]
        self.topic = self.sns.create_topic(Name="owners")["TopicArn"]
        arn = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        self.sns.subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=arn)

    def notifier(self):
        from airflow.providers.amazon.aws.notifications.sns import SnsNotifier

        return SnsNotifier(
            target_arn=self.topic, subject="{{ task.owner }}: {{ task.task_id }}", message="{{ exception }}"
        )

    def messages(self):
        found = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages", [])
        bodies = [json.loads(message["Body"]) for message in found]
        return {body["Subject"]: body["Message"] for body in bodies}


def test_a_held_table_and_wrong_files_fail_at_once_and_stop_only_what_reads_them(database, emr):
    queue = Queue()
    run = Ran(emr, 4, queue.notifier)
    for job in ("vehicles", "odometer_readings", "dealer_visits", "message_verdicts"):
        run.place(job, "OK", score=100)
    run.place("messages", "DELIVERIES_WAITING", score=100)
    run.place("message_counts_by_campaign", "OK", ending="SKIPPED", message="no file yet")
    run.place("trips", "WRONG_FILES", ending="FAILED", message="trips.dqdl:3:1: unknown rule")
    run.place(
        "odometer_statement",
        "HELD",
        table="semantic.odometer_statement",
        ending="HELD",
        run_id="0123456789abcdef",
        gate_reasons=["score 40 is below the minimum of 90"],
    )

    run.test()

    assert run.state == "failed"
    assert run.states == {
        "vehicles": "success",
        "messages": "success",
        "odometer_readings": "success",
        "dealer_visits": "success",
        "message_verdicts": "success",
        "message_counts_by_campaign": "skipped",
        "trips": "failed",
        "odometer_statement": "failed",
        "fleet_usage_daily": "upstream_failed",
        "publish": "success",
    }
    assert run.tries["odometer_statement"] == run.tries["trips"] == 1
    assert run.updated == {
        *("prepared.vehicles", "prepared.messages", "prepared.odometer_readings"),
        *("prepared.dealer_visits", "semantic.message_verdicts"),
    }
    assert set(run.told) == {"trips", "odometer_statement"}
    held = run.told["odometer_statement"]
    assert "semantic.odometer_statement: held (2026-11-18). Owner: vehicle-data@example.com" in held
    assert "score 40 is below the minimum of 90" in held
    assert "assay approve 01234567 --reason" in held
    assert "assay discard 01234567" in held
    assert "unknown rule" in run.told["trips"]
    assert queue.messages() == {
        "vehicle-data@example.com: odometer_statement": held,
        "vehicle-data@example.com: trips": run.told["trips"],
    }


def test_what_may_pass_is_tried_again(database, emr):
    run = Ran(emr, 5)
    run.place("vehicles", "OUTSIDE_UNAVAILABLE", ending="FAILED", message="S3 did not answer")
    run.place("vehicles", "OK", attempt=2)
    run.place("trips", "OUR_FAULT", ending="FAILED")
    run.place("trips", "OK", attempt=2)
    for attempt in (1, 2):
        run.place("odometer_readings", "INPUT_MISSING", attempt, ending="FAILED", message="there is no file")
    # the first job run of messages ends without a result
    run.place("messages", "OK", attempt=2)
    for job in ("dealer_visits", "fleet_usage_daily", "message_counts_by_campaign", "message_verdicts"):
        run.place(job, "OK")

    run.test()

    assert run.state == "failed"
    assert run.tries["vehicles"] == run.tries["trips"] == run.tries["messages"] == run.tries["odometer_readings"] == 2
    assert run.states["vehicles"] == run.states["trips"] == run.states["messages"] == "success"
    assert run.states["odometer_readings"] == "failed"
    assert run.states["odometer_statement"] == "upstream_failed"
    assert "there is no file" in run.told["odometer_readings"]
    assert "prepared.odometer_readings" not in run.updated


def test_a_run_in_which_all_is_well_has_nothing_to_publish(database, emr):
    from airflow.dag_processing.dagbag import DagBag

    jobs = set(DagBag(dag_folder=DAGS).dags["demo"].task_ids) - {"publish"}
    run = Ran(emr, 6)
    for job in jobs:
        run.place(job, "OK", score=100)

    run.test()

    assert run.state == "success"
    assert run.states == dict.fromkeys(jobs, "success") | {"publish": "skipped"}
    assert len(run.updated) == len(jobs) == 9
    started = emr.job_runs()
    assert {job_run["name"] for job_run in started} == {f"demo-{job}" for job in jobs}
    assert len({job_run["jobDriver"]["sparkSubmit"]["entryPointArguments"][-1] for job_run in started}) == 9
    assert {job_run["executionTimeoutMinutes"] for job_run in started} <= {120, 0, None}
    trips = next(job_run for job_run in started if job_run["name"] == "demo-trips")
    assert trips["jobDriver"]["sparkSubmit"]["entryPointArguments"][:4] == [
        *("run", "jobs/demo/trips.yaml", "--data-date", "2026-11-18")
    ]


class Context(dict):
    """What an operator is given, as far as an ending needs it."""

    def __init__(self, task):
        self.pushed = {}
        super().__init__(task=task, ti=self)

    def xcom_push(self, key, value):
        self.pushed[key] = value


FAILED = {"status": "failure", "message": "Serverless Job failed: Waiter encountered a terminal failure state"}


def operator(emr, name, kind=None):
    from assay_airflow.emr import AssayEmrServerlessOperator

    if kind:
        emr.result("direct", name, kind, run_id="0123456789abcdef")
    return AssayEmrServerlessOperator(
        task_id=name,
        owner="somebody",
        arguments=["run", "x.yaml"],
        jar="s3://code/assay.jar",
        result=f"s3://results/airflow/demo/{name}/direct-1.json",
        application_id=emr.application,
        execution_role_arn=SETTINGS["execution_role_arn"],
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS])
def test_the_result_decides_also_when_the_driver_ended_with_its_exit_code(emr, kind):
    from assay_airflow.ending import AirflowException, AirflowFailException

    task = operator(emr, f"job_{KINDS[kind]}", kind)
    context = Context(task)
    expected = {"HELD": AirflowFailException, "WRONG_FILES": AirflowFailException, "USAGE": AirflowFailException}

    if kind in ("OK", "DELIVERIES_WAITING"):
        assert task.execute_complete(context, FAILED)["exit_kind"] == kind
    else:
        with pytest.raises(expected.get(kind, AirflowException)) as raised:
            task.execute_complete(context, FAILED)
        assert isinstance(raised.value, AirflowFailException) == (kind in expected)
        assert "somebody" in str(raised.value)
    assert context.pushed == {"exit_kind": kind}


@pytest.mark.parametrize("event", [FAILED, {"status": "success", "job_details": {}}, None])
def test_without_a_result_a_job_run_failed_and_is_retried(emr, event):
    from assay_airflow.ending import AirflowException, AirflowFailException

    with pytest.raises(AirflowException) as raised:
        task = operator(emr, "nothing")
        task.execute_complete(Context(task), event)
    assert not isinstance(raised.value, AirflowFailException)


def test_a_worker_may_wait_itself(emr):
    task = operator(emr, "waits", "OK")
    task.deferrable = False
    assert task.execute(Context(task))["exit_kind"] == "OK"
