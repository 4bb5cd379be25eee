# What semantic.orders_by_day must meet.
Rules = [
    IsPrimaryKey "ordered_on" "currency",
    # no order is lost and none counted twice
    AggregateMatch "sum(revenue)" "sum(orders.amount)" = 1.0,
    ColumnValues "orders" > 0
]
