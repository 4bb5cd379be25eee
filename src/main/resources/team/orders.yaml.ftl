# yaml-language-server: $schema=../../.assay-product/schemas/job.schema.json
kind: prepare
name: orders
description: One row per order, from the daily file of the shop.

inputs:
  export:
    files: ${raw}/orders-${date}.csv
    format: csv
    csv: {delimiter: ";"}
    columns:
      order_id: {type: bigint, nullable: false}
      customer_id: string
      ordered_on: {type: date, format: dd.MM.yyyy}
      amount: {type: "decimal(10,2)", format: "1.234,56"}
      currency: string

steps:
  - trim: [customer_id, currency]
  - normalise: {currency: upper}
  # rows that break one of these go to the quarantine, with the reason
  - row-rules:
      amount_is_positive: amount > 0
  - deduplicate:
      keys: [order_id]
      order: [ordered_on desc]

output:
  table: prepared.orders
  mode: append                     # a day that is run again replaces what it wrote before
  description: One row per order.
  comments:
    amount: With tax

ruleset: rulesets/prepared/orders.dqdl

gate:
  minimum-score: 95
  maximum-quarantine: 20
