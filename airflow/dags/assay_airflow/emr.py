"""Runs Assay on EMR Serverless."""

from __future__ import annotations

import json
from datetime import timedelta

from airflow.providers.amazon.aws.hooks.s3 import S3Hook
from airflow.providers.amazon.aws.operators.emr import EmrServerlessStartJobOperator

from assay_airflow.ending import AirflowException, conclude

_POLL = timedelta(seconds=30)
# a job may be queued, and its application started, before the job's own timeout begins
_BEFORE_START = timedelta(minutes=30)


class AssayEmrServerlessOperator(EmrServerlessStartJobOperator):
    """
    Starts a job run of Assay's jar, waits in the triggerer, and ends as result.json says.

    A job run that failed, but wrote a result, ended with a verdict; one without a result failed and is retried.

    :param arguments: of dev.assay.cli.Main, such as run, jobs/demo/trips.yaml, --data-date, 2026-11-18
    :param jar: s3://…/assay-<version>-emr.jar
    :param spark: further parameters of spark-submit
    :param result: s3://… where the command writes its result, new for each try; None for a command without one
    :param timeout: after which EMR ends the job run
    """

    template_fields = (*EmrServerlessStartJobOperator.template_fields, "result")

    def __init__(
        self,
        *,
        arguments: list[str],
        jar: str,
        spark: str = "",
        result: str | None = None,
        timeout: timedelta = timedelta(hours=2),
        config: dict | None = None,
        **kwargs,
    ):
        self.result = result
        submit = {
            "entryPoint": jar,
            "entryPointArguments": [*arguments, *(["--result", result] if result else [])],
            "sparkSubmitParameters": f"--class dev.assay.cli.Main {spark}".strip(),
        }
        super().__init__(
            job_driver={"sparkSubmit": submit},
            config={"executionTimeoutMinutes": int(timeout.total_seconds() // 60), **(config or {})},
            waiter_delay=int(_POLL.total_seconds()),
            waiter_max_attempts=(timeout + _BEFORE_START) // _POLL,
            **{"deferrable": True, **kwargs},
        )

    def execute(self, context, event=None):
        try:
            super().execute(context, event)
        except AirflowException as failure:
            return self._conclude(context, failure)
        return self._conclude(context, None)

    def execute_complete(self, context, event=None):
        # the provider's own expects job_details here, which its trigger leaves out of a failure
        failed = not event or event.get("status") != "success"
        return self._conclude(context, AirflowException(f"The job run failed: {event}") if failed else None)

    def _conclude(self, context, failure: AirflowException | None):
        written = self._written() if self.result else None
        if written:
            return conclude(json.loads(written), context)
        if failure:
            raise failure
        if self.result:
            raise AirflowException(f"The job run ended, but there is no {self.result}.")
        return None

    def _written(self) -> str | None:
        s3 = S3Hook(aws_conn_id=self.aws_conn_id, region_name=self.region_name, verify=self.verify).conn
        bucket, key = S3Hook.parse_s3_url(self.result)
        try:
            return s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode("utf-8")
        except s3.exceptions.NoSuchKey:
            return None
