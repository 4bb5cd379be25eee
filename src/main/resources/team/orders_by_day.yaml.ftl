# yaml-language-server: $schema=../../.assay-product/schemas/job.schema.json
kind: build
name: orders_by_day
description: Number and revenue of orders by day and currency.

inputs:
  orders: prepared.orders

# what rules compare with
references:
  orders: prepared.orders

sql: |
  SELECT ordered_on, currency, count(*) AS orders, sum(amount) AS revenue
  FROM orders
  GROUP BY ordered_on, currency

output:
  table: semantic.orders_by_day
  mode: replace
  description: Number and revenue of orders by day and currency.

ruleset: rulesets/semantic/orders_by_day.dqdl

gate:
  minimum-score: 100
