# yaml-language-server: $schema=../../.assay-product/schemas/ruleset-test.schema.json
description: The rules for orders, on orders that were made up.

columns: {order_id: bigint, customer_id: string, ordered_on: date, amount: "decimal(10,2)", currency: string}

cases:
  - name: an order may come once only
    rule: IsPrimaryKey "order_id"
    rows:
      - [1, C1, 2026-11-18, 10.00, EUR]
      - [1, C2, 2026-11-18, 12.50, EUR]
    expect: fail

  - name: an order of nobody
    rule: IsComplete "customer_id"
    rows:
      - [1, C1, 2026-11-18, 10.00, EUR]
      - {order_id: 2, amount: 12.50, currency: EUR}
    expect: fail
    failing-rows: 1

  - name: a currency we do not sell in
    rule: ColumnValues "currency" in ["CHF", "EUR"]
    rows:
      - [1, C1, 2026-11-18, 10.00, EUR]
      - [2, C1, 2026-11-18, 10.00, USD]
    expect: fail
    failing-rows: 1

  - name: the greatest amount is allowed
    rule: ColumnValues "amount" <= 50000
    rows: [[1, C1, 2026-11-18, 50000.00, CHF]]
    expect: pass

  - name: a day without orders
    rule: RowCount > 0
    rows: []
    expect: fail
