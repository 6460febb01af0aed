"""A contractor's checklist as people see it."""

OPEN = "checklist.open"
