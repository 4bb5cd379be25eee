# yaml-language-server: $schema=../../.assay-product/schemas/ruleset-test.schema.json
description: The sums add up to what was ordered.

columns: {ordered_on: date, currency: string, orders: bigint, revenue: "decimal(20,2)"}

references:
  orders:
    columns: {order_id: bigint, amount: "decimal(10,2)"}
    rows: [[1, 10.00], [2, 12.50]]

cases:
  - name: everything is there
    rule: AggregateMatch "sum(revenue)" "sum(orders.amount)" = 1.0
    rows: [[2026-11-18, EUR, 2, 22.50]]
    expect: pass

  - name: an order was lost
    rule: AggregateMatch "sum(revenue)" "sum(orders.amount)" = 1.0
    rows: [[2026-11-18, EUR, 1, 10.00]]
    expect: fail
