"""Assay's pipelines for Airflow 3: DAGs from job files, and the operators that run their tasks."""
