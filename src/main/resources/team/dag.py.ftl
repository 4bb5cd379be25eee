"""The pipeline jobs/orders as a DAG: a task per job. README.md says where assay_airflow comes from."""

from assay_airflow.pipeline import pipeline_dag

dag = pipeline_dag("orders")
