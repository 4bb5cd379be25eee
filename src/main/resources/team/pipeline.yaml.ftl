# yaml-language-server: $schema=../../.assay-product/schemas/pipeline.schema.json
# An example to change or to remove: a daily file of orders, and what they add up to.
name: orders
description: Orders as the shop sends them every day, and their revenue by day.
owner: [=team]@example.com          # who decides about a table that is held
# schedule: "0 4 * * *"           # when Airflow runs it, in this zone; a run is for the day before
zone: Europe/Berlin
tags: [example]
variables:
  raw: samples                    # where the raw files are; --var raw=s3://… says otherwise
