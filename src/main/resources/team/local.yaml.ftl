# yaml-language-server: $schema=../../.assay-product/schemas/profile.schema.json
# A laptop or a CI server: './assay run jobs/orders' uses this profile unless --profile names another.
description: An Iceberg warehouse in a folder, Spark inside the process
catalog:
  name: lake                       # tables are lake.prepared.orders to Spark SQL
  properties:
    type: hadoop
    warehouse: ${home}/warehouse   # ${home} is .assay, or what --home says
    cache-enabled: "false"
spark:
  spark.master: local[*]
  spark.sql.shuffle.partitions: "4"
  spark.default.parallelism: "4"
  spark.driver.host: 127.0.0.1
  spark.driver.bindAddress: 127.0.0.1
  spark.ui.enabled: "false"
# For jobs that protect columns; './assay keys create' makes the file. Never commit it.
keys:
  file: ${home}/keys.json
# Who is told about scores and holds: here files, to look at.
publish:
  files:
    folder: ${home}/announcements
