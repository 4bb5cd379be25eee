"""The pipeline jobs/demo as a DAG: a task per job."""

from assay_airflow.pipeline import pipeline_dag

dag = pipeline_dag("demo")
