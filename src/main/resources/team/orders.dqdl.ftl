# What prepared.orders must meet. Above each rule: why the business needs it.
Rules = [
    # a day without orders is a transfer that failed
    RowCount > 0,
    # finance adds up by order
    IsPrimaryKey "order_id" labels=["weight"="3"],
    # an order of nobody cannot be delivered
    IsComplete "customer_id",
    # we sell in no other currency
    ColumnValues "currency" in ["CHF", "EUR"],
    # above this the shop asks a person first
    ColumnValues "amount" <= 50000
]
