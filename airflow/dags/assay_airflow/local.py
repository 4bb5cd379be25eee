"""Runs Assay on this machine, so that a pipeline can be seen in Airflow without AWS."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from airflow.sdk import BaseOperator

from assay_airflow.ending import KINDS, conclude


class AssayLocalOperator(BaseOperator):
    """
    Runs ./assay with arguments, and ends as it ended.

    :param arguments: such as run, jobs/demo/trips.yaml, --data-date, 2026-11-18
    :param project: the folder that holds ./assay and jobs/
    :param writes_result: whether the command takes --result
    """

    template_fields = ("arguments",)

    def __init__(self, *, arguments: list[str], project: str, writes_result: bool = True, **kwargs):
        super().__init__(**kwargs)
        self.arguments = arguments
        self.project = project
        self.writes_result = writes_result
        self._process: subprocess.Popen | None = None

    def execute(self, context):
        with TemporaryDirectory() as folder:
            file = Path(folder) / "result.json"
            command = [f"{self.project}/assay", *self.arguments]
            code = self._run([*command, "--result", str(file)] if self.writes_result else command)
            if file.exists():
                result = json.loads(file.read_text(encoding="utf-8"))
            else:
                message = f"'{' '.join(command)}' ended with {code}; its output is above."
                result = {"exit_kind": KINDS.get(code, "OUR_FAULT"), "message": message}
        return conclude(result, context, deliveries_may_wait=self.writes_result)

    def _run(self, command: list[str]) -> int:
        self.log.info("%s", " ".join(command))
        # a session of its own, so that on_kill reaches the JVM too
        with subprocess.Popen(
            command,
            cwd=self.project,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        ) as self._process:
            for line in self._process.stdout:
                self.log.info("%s", line.rstrip())
        return self._process.returncode

    def on_kill(self) -> None:
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
