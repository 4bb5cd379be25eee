"""The pipeline jobs/adventureworks as a DAG: a task per job. Its files say ${raw}; the Airflow Variable says where."""

from assay_airflow.pipeline import pipeline_dag

dag = pipeline_dag("adventureworks", variables={"raw": "{{ var.value.adventureworks_raw }}"})
