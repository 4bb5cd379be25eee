"""What a scheduler has to know of a pipeline: read from its YAML files, without Airflow and without a network."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

# files of these kinds run only when they are named: assay train, assay send
_UNSCHEDULED = {"train", "send"}
_KIND = re.compile(r"^kind:\s*[\"']?([a-z-]+)", re.MULTILINE)
_VARIABLE = re.compile(r"\$\{([A-Za-z][A-Za-z0-9_-]*)}")


@dataclass(frozen=True)
class Job:
    """One job. `file` starts at the folder that holds jobs/; `reads` are inputs and references."""

    name: str
    description: str
    file: str
    table: str
    reads: tuple[str, ...]
    owner: str


@dataclass(frozen=True)
class Pipeline:
    """A pipeline folder; `schedule` is a cron expression in `zone`, or None."""

    name: str
    description: str
    schedule: str | None
    zone: str
    owner: str
    tags: tuple[str, ...]
    jobs: tuple[Job, ...]

    def edges(self) -> set[tuple[str, str]]:
        """Names of a writer and of a reader of its table."""
        writers = {job.table: job.name for job in self.jobs}
        return {
            (writers[table], job.name)
            for job in self.jobs
            for table in job.reads
            if writers.get(table, job.name) != job.name
        }


def project_folder() -> Path:
    """The folder that holds jobs/: ASSAY_PROJECT, the DAG folder itself (MWAA), or the repository."""
    if "ASSAY_PROJECT" in os.environ:
        return Path(os.environ["ASSAY_PROJECT"]).resolve()
    dags = Path(__file__).resolve().parent.parent
    return dags if (dags / "jobs").is_dir() else dags.parent.parent


def read_pipeline(project: Path, folder: str) -> Pipeline:
    """Reads jobs/<folder>. What is wrong in the files beyond this, `assay validate` says."""
    path = project / "jobs" / folder
    head = _read(path / "pipeline.yaml")
    variables = head.get("variables") or {}
    jobs = [
        _job(file.relative_to(project).as_posix(), _read(file), head["owner"], variables)
        for file in sorted(path.iterdir())
        if file.suffix in (".yaml", ".yml") and not file.name.startswith("pipeline.") and not _is_unscheduled(file)
    ]
    tables = [job.table for job in jobs]
    twice = {table for table in tables if tables.count(table) > 1}
    if twice:
        raise ValueError(f"{path}: several jobs write {', '.join(sorted(twice))}. A table has one job.")
    return Pipeline(
        name=head["name"],
        description=head.get("description", ""),
        schedule=head.get("schedule"),
        zone=head.get("zone", "UTC"),
        owner=head["owner"],
        tags=tuple(head.get("tags", ())),
        jobs=tuple(jobs),
    )


def _is_unscheduled(file: Path) -> bool:
    kind = _KIND.search(file.read_text(encoding="utf-8"))
    return kind is not None and kind.group(1) in _UNSCHEDULED


def _job(file: str, yaml_: dict, owner: str, variables: dict[str, str]) -> Job:
    inputs = [
        item["table"] if isinstance(item, dict) else item
        for item in yaml_["inputs"].values()
        if not (isinstance(item, dict) and "files" in item)
    ]
    reads = [*inputs, *(yaml_.get("references") or {}).values()]
    return Job(
        name=yaml_["name"],
        description=yaml_.get("description", ""),
        file=file,
        table=_resolved(yaml_["output"]["table"], variables),
        reads=tuple(dict.fromkeys(_resolved(table, variables) for table in reads)),
        owner=yaml_["output"].get("owner", owner),
    )


def _resolved(text: str, variables: dict[str, str]) -> str:
    return _VARIABLE.sub(lambda found: variables.get(found.group(1), found.group(0)), text)


def _read(file: Path) -> dict:
    # every scalar as the text that stands there: 'on' is no boolean, a date no date
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
